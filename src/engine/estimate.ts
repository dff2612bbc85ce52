import type { PlannedTask } from '../domain/plan.ts'
import type { Duration } from '../domain/store.ts'
import { combination } from './expectations.ts'

/** Minutes of one task where nothing at all is known of it: about thirty pages at two seconds each. */
const FIRST_GUESS_MINUTES = 1

/**
 * Minutes that a batch of `tasks` takes: each site works through its own, side by side with the others, within
 * the places there are. A task takes what the same combination took before, else the mean of its scraper.
 */
export function estimateMinutes(
  tasks: readonly PlannedTask[],
  history: readonly Duration[],
  limits: { max_parallel: number; perSite: (site: string) => number },
): number {
  const exact = new Map(history.map((each) => [combination(each), each.minutes]))
  const byScraper = new Map(
    [...Map.groupBy(history, (each) => each.scraper_name)].map(([scraper, rows]) => [
      scraper,
      rows.reduce((total, row) => total + row.minutes, 0) / rows.length,
    ]),
  )
  const perSite = new Map<string, number>()
  let work = 0
  for (const task of tasks) {
    const minutes = exact.get(combination(task)) ?? byScraper.get(task.scraper_name) ?? FIRST_GUESS_MINUTES
    perSite.set(task.website, (perSite.get(task.website) ?? 0) + minutes)
    work += minutes
  }
  const slowest = Math.max(0, ...[...perSite].map(([site, minutes]) => minutes / limits.perSite(site)))
  return Math.ceil(Math.max(slowest, work / limits.max_parallel))
}
