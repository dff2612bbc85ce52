import { searchedGroup, sortedGroups, type ErrorGroup } from '../../domain/error-group.ts'
import type { Query, Views } from '../../domain/query.ts'
import { matches } from '../../domain/search-fields.ts'
import { parseSearch } from '../../domain/search.ts'
import { batchInView } from '../overview.ts'
import type { ViewParts } from '../views.ts'

/** @throws ZafraError `usage` where the search makes no sense, `not_found` where there is no such batch */
export async function errorsView(
  { reads, failures }: ViewParts,
  { batch_id, search = '', sort, offset, limit, find }: Extract<Query, { type: 'errors' }>,
): Promise<Views['errors']> {
  const batch = await batchInView(reads, batch_id)
  const found = batch ? chosen((await failures.of(batch.batch_id)).groups(), search) : []
  const groups = sort ? sortedGroups(found, sort) : found
  const position = find === undefined ? -1 : groups.findIndex(({ key }) => key === find)
  return {
    total: groups.length,
    groups: groups.slice(offset, offset + limit),
    position: position === -1 ? null : position,
  }
}

function chosen(groups: readonly ErrorGroup[], search: string): readonly ErrorGroup[] {
  const terms = parseSearch(search)
  return terms.length === 0 ? groups : groups.filter((group) => matches(terms, searchedGroup(group)))
}
