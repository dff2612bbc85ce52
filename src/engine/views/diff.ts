import type { DiffView } from '../../domain/diff.ts'
import type { Query } from '../../domain/query.ts'
import type { Reads } from '../../domain/store.ts'
import type { Diffs } from '../diff/diffs.ts'
import { namedBatch } from '../named.ts'

/**
 * What one batch found otherwise than another, a page of it.
 * @throws ZafraError `not_found` where there is no such batch, `usage` where the search for listings makes no sense
 */
export async function diffView(
  { reads, diffs }: { reads: Reads; diffs: Diffs },
  { from, to, filter = {}, offset, limit, listings: asked }: Extract<Query, { type: 'diff' }>,
): Promise<DiffView> {
  for (const batch of [from, to]) await namedBatch(reads, batch)
  const rows = await reads.batchRows([from, to])
  const diff = await diffs.of({ from, to, filter })
  const { only, sum, compared, urls, sites } = diff
  const combinations = compared.slice(offset, offset + limit).map((each) => each.diff)
  const listings = asked
    ? await diff.listings(asked.kind, asked.search ?? '').page(asked.offset, asked.limit)
    : null
  return {
    from,
    to,
    only,
    rows: { from: rows.get(from) ?? 0, to: rows.get(to) ?? 0 },
    sum,
    total: compared.length,
    combinations,
    urls,
    sites,
    listings,
  }
}
