import type { StatusCounts } from '../domain/query.ts'
import type { Reads } from '../domain/store.ts'

/** How much the last attempt weighs in the mean of its site. */
const WEIGHT = 0.2

/** Mean seconds of a task per site: from history, then from what is seen while it runs. */
export interface Pace {
  /** Takes over the means of earlier batches for sites that have not been seen yet. */
  learn(history: Awaited<ReturnType<Reads['meanDurations']>>): void
  observe(site: string, seconds: number): void
  /** Seconds until the site is done, or null while nothing is known. */
  siteEta(site: string, counts: StatusCounts, perSite: number): number | null
  /** Seconds until all of them are done: the slowest site, or the whole work over all places. */
  batchEta(
    sites: readonly { site: string; counts: StatusCounts; perSite: number }[],
    parallel: number,
  ): number | null
}

export function createPace(): Pace {
  const mean = new Map<string, number>()
  const pace: Pace = {
    learn(history) {
      for (const [site, minutes] of Map.groupBy(history, (each) => each.website)) {
        if (!mean.has(site)) mean.set(site, (60 * sum(minutes.map((each) => each.minutes))) / minutes.length)
      }
    },
    observe(site, seconds) {
      const before = mean.get(site)
      mean.set(site, before === undefined ? seconds : before + WEIGHT * (seconds - before))
    },
    siteEta(site, counts, perSite) {
      const left = remaining(counts)
      if (left === 0) return 0
      const each = mean.get(site)
      return each === undefined ? null : (left * each) / Math.max(Math.min(perSite, left), 1)
    },
    batchEta(sites, parallel) {
      const etas = sites.map((each) => pace.siteEta(each.site, each.counts, each.perSite))
      const known = etas.filter((eta) => eta !== null)
      if (known.length === 0) return null
      const work = sum(sites.map((each) => remaining(each.counts) * (mean.get(each.site) ?? 0)))
      return Math.max(...known, work / parallel)
    },
  }
  return pace
}

function remaining(counts: StatusCounts): number {
  return counts.pending + counts.running + counts.retrying
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
