import { suspectText, type SuspectBatch, type SuspectsView } from '../domain/suspect.ts'
import type { SiteView } from '../domain/query.ts'
import { count, many } from './words.ts'

/** The sites that have suspect outputs which nobody has accepted. */
export function suspectSites(sites: readonly SiteView[]): SuspectBatch['sites'] {
  return sites.flatMap(({ site, outputs: { suspect } }) => (suspect > 0 ? [{ site, suspect }] : []))
}

/** What is told of a batch with suspect outputs, and what to do; none where it has none. */
export function suspectLines(batch: SuspectBatch): string[] {
  const { batch_id, sites } = batch
  if (sites.length === 0) return []
  return [
    `! ${suspectText(batch)}`,
    `  zafra check ${batch_id} says why; zafra accept --batch ${batch_id} takes them, zafra retry ID does one again`,
  ]
}

/** What suspect outputs have in common, line by line. */
export function commonLines({ outputs, rows, sites, findings }: SuspectsView): string[] {
  const each = sites.map(({ site, outputs: own }) => `${site} ${count(own)}`)
  return [
    `${many(outputs, 'suspect output')} with ${many(rows, 'row')}: ${each.join(', ')}`,
    ...findings.map(
      ({ code, outputs: own, message, task_id }) =>
        `  ${code}: ${many(own, 'output')}, as in task ${task_id}: ${message}`,
    ),
  ]
}
