import { resolve } from 'node:path'
import { ZafraError } from '../../domain/error.ts'
import {
  DIFF_URLS,
  type CombinationDiff,
  type Comparer,
  type DiffCounts,
  type DiffPair,
  type DiffView,
  type ListingDiff,
  type ListingPage,
  type SiteDiff,
} from '../../domain/diff.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import type { Query } from '../../domain/query.ts'
import type { Reads } from '../../domain/store.ts'
import { namedBatch } from '../named.ts'

/** A site took noticeably longer when it took half as long again, and more than a minute. */
const [SLOWER, SLOWER_MINUTES] = [1.5, 1]

const NONE: DiffCounts = { before: 0, after: 0, new: 0, gone: 0, up: 0, down: 0 }

export interface DiffParts {
  config: { workspace: string }
  reads: Reads
  comparer: Comparer
}

/**
 * What one batch found otherwise than another. Reads every pair of outputs that was not compared before, one after the
 * other, so that memory is that of the largest; the answer holds pages only.
 * @throws ZafraError `not_found` where there is no such batch
 */
export async function diffView(parts: DiffParts, query: Extract<Query, { type: 'diff' }>): Promise<DiffView> {
  const { reads } = parts
  const { from, to, filter = {}, offset, limit } = query
  for (const batch of [from, to]) await namedBatch(reads, batch)
  const pairs = await reads.diffPairs(from, to, filter)
  const combinations: CombinationDiff[] = []
  for (const pair of pairs) combinations.push(await compared(parts, pair))
  const listings = query.listings ? await changed(parts, pairs, combinations, query.listings) : null
  return {
    from,
    to,
    sum: combinations.reduce(plus, NONE),
    total: pairs.length,
    combinations: combinations.slice(offset, offset + limit),
    urls: await urls(reads, from, to, filter),
    sites: (await reads.siteDurations(from, to))
      .filter(({ website }) => filter.site === undefined || website === filter.site)
      .map(withSlower),
    listings,
  }
}

/** Gone can only be said of a listing that two complete runs looked for. */
async function compared(parts: DiffParts, pair: DiffPair): Promise<CombinationDiff> {
  const { from, to, ...combination } = pair
  if (!from || !to) {
    const note = from ? 'no output in the later batch' : to ? 'no output in the earlier batch' : 'no output'
    return { ...combination, ...NONE, gone: null, note }
  }
  try {
    const { counts } = await parts.comparer.compare(...paths(parts, from, to))
    const whole = from.complete && to.complete
    return { ...combination, ...counts, gone: whole ? counts.gone : null, note: null }
  } catch (error) {
    if (!(error instanceof ZafraError)) throw error
    return { ...combination, ...NONE, gone: null, note: error.message }
  }
}

/** The page may begin in one combination and end in another; those before it and after it are not read again. */
async function changed(
  parts: DiffParts,
  pairs: readonly DiffPair[],
  combinations: readonly CombinationDiff[],
  { kind, offset, limit }: ListingPage,
): Promise<DiffView['listings']> {
  let total = 0
  const listings: ListingDiff[] = []
  for (const [at, { from, to, ...combination }] of pairs.entries()) {
    const count = combinations[at]?.[kind] ?? 0
    const skip = Math.max(offset - total, 0)
    total += count
    const wanted = limit - listings.length
    if (!from || !to || skip >= count || wanted <= 0) continue
    const page = await parts.comparer.compare(...paths(parts, from, to), {
      kind,
      offset: skip,
      limit: wanted,
    })
    listings.push(...page.changed.map((each) => ({ ...combination, ...each })))
  }
  return { total, listings }
}

function paths({ config }: DiffParts, from: { output_path: string }, to: { output_path: string }) {
  const inWorkspace = (path: string) => resolve(config.workspace, path)
  return [inWorkspace(from.output_path), inWorkspace(to.output_path)] as const
}

function plus(sum: DiffCounts, each: DiffCounts): DiffCounts {
  return {
    before: sum.before + each.before,
    after: sum.after + each.after,
    new: sum.new + each.new,
    gone: (sum.gone ?? 0) + (each.gone ?? 0),
    up: sum.up + each.up,
    down: sum.down + each.down,
  }
}

async function urls(reads: Reads, from: string, to: string, filter: TaskFilter): Promise<DiffView['urls']> {
  const [added, gone] = [
    await reads.onlyUrls(to, from, filter, DIFF_URLS),
    await reads.onlyUrls(from, to, filter, DIFF_URLS),
  ]
  return { added: added.count, gone: gone.count, added_urls: added.urls, gone_urls: gone.urls }
}

function withSlower(site: Omit<SiteDiff, 'slower'>): SiteDiff {
  const slower = site.after > site.before * SLOWER && site.after - site.before > SLOWER_MINUTES
  return { ...site, slower }
}
