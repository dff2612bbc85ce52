import { GROUP_FIELDS, type ErrorGroup } from '../../../domain/error-group.ts'
import { safeDeep } from '../../../domain/safe.ts'
import { parseSearchOf } from '../../../domain/search-fields.ts'
import type { Source } from '../../list/paged-list.ts'
import type { ListHost } from '../../lists.ts'
import { batchInView, type State } from '../../state.ts'

/** Keys are read in such pieces. */
const PAGE = 1000

/** The groups of failures of the batch in view, the latest first; filtered and found by the engine. */
export function errorSource({
  engine,
  readable,
  state,
}: Pick<ListHost, 'engine' | 'readable' | 'state'>): Source<ErrorGroup> {
  const ask = (search: string, offset: number, limit: number, find: string | null) =>
    engine.query({
      type: 'errors',
      ...batchOf(state()),
      ...(search.trim() !== '' && { search }),
      offset,
      limit,
      ...(find !== null && { find }),
    })
  return {
    id: ({ key }) => key,
    check: (search) => void parseSearchOf(GROUP_FIELDS, search),
    async page({ search, offset, limit, find }) {
      const { total, groups, position } = await ask(search, offset, limit, find)
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
        const page = await ask(search, keys.length, PAGE, null)
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
