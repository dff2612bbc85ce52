import type { Combination } from './codes.ts'
import { runNumber } from './batch-id.ts'

/** Where a details' scraper notes which addresses say that their listing is gone (source: scrapers/README.md). */
export function goneFile(details: string): string {
  return details.replace(/(?:\.csv)?$/, '.gone.csv')
}

/**
 * Where a task's output stands, relative to the workspace's data folder
 * (source: scraper-contract.md, Output). Forward slashes; every part is a code or made by us.
 */
export function outputPath(
  task: Omit<Combination, 'scraper_name'>,
  batch: { month_year: string; execution_number: number },
  feedsDetail: boolean,
): string {
  const run = runNumber(batch.execution_number)
  const { website, city, operation, product, variant } = task
  const folder = [website, city, operation, product, batch.month_year, run]
  const stem = [
    feedsDetail ? `${website}URL` : website,
    city,
    operation,
    product,
    batch.month_year,
    run,
  ].join('_')
  return `${folder.join('/')}/${stem}${variant > 1 ? `-${variant}` : ''}.csv`
}

/** Where an attempt's log stands, relative to the workspace's logs folder. */
export function logPath(batch_id: string, task_id: number, attempt: number): string {
  return `${batch_id}/${task_id}-${attempt}.log`
}
