import { GROUP_FIELDS, type ErrorGroup, type GroupSort } from '../../../domain/error-group.ts'
import { safeDeep } from '../../../domain/safe.ts'
import { parseSearchOf } from '../../../domain/search-fields.ts'
import type { Source } from '../../list/source.ts'
import type { ListHost } from '../../lists.ts'
import { batchInView, type State } from '../../state.ts'

/** Keys are read in such pieces. */
const PAGE = 1000

/** The groups of failures of the batch in view, the latest first; filtered and found by the engine. */
export function errorSource({
  engine,
  readable,
  state,
}: Pick<ListHost, 'engine' | 'readable' | 'state'>): Source<ErrorGroup, GroupSort['by']> {
  const ask = (search: string, page: { offset: number; limit: number; find?: string; sort?: GroupSort }) =>
    engine.query({
      type: 'errors',
      ...batchOf(state()),
      ...(search.trim() !== '' && { search }),
      ...page,
    })
  return {
    id: ({ key }) => key,
    check: (search) => void parseSearchOf(GROUP_FIELDS, search),
    async page({ search, sort, offset, limit, find }) {
      const { total, groups, position } = await ask(search, {
        offset,
        limit,
        ...(sort && { sort }),
        ...(find !== null && { find }),
      })
      // The key names the group to the engine and never reaches the screen.
      return {
        total,
        rows: groups.map((group) => ({ ...safeDeep(group, readable), key: group.key })),
        position,
      }
    },
    async ids(search) {
      const keys: string[] = []
      for (let total = Infinity; keys.length < total;) {
        const page = await ask(search, { offset: keys.length, limit: PAGE })
        if (page.groups.length === 0) break
        keys.push(...page.groups.map(({ key }) => key))
        total = page.total
      }
      return keys
    },
  }
}

function batchOf(state: Pick<State, 'batch' | 'shown'>): { batch_id?: string } {
  const batch = batchInView(state)
  return batch === undefined ? {} : { batch_id: batch }
}
