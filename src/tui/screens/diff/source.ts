import type { CombinationDiff } from '../../../domain/diff.ts'
import type { TaskFilter } from '../../../domain/filter.ts'
import { parseListingSearch } from '../../../domain/diff-search.ts'
import { parseSearch } from '../../../domain/search.ts'
import { matches } from '../../../domain/search-fields.ts'
import { safeDeep } from '../../../domain/safe.ts'
import { memorySource } from '../../list/memory-source.ts'
import type { Source } from '../../list/source.ts'
import type { ListHost } from '../../lists.ts'
import type { DiffSort } from './columns.ts'
import { combinationKey, type Change } from './state.ts'

const FIELDS = ['site', 'city', 'operation', 'product', 'scraper', 'variant', 'error'] as const

/** The combinations of the diff that is open. */
export function combinationSource({
  readable,
  state,
}: Pick<ListHost, 'readable' | 'state'>): Source<CombinationDiff, DiffSort> {
  return memorySource<CombinationDiff, DiffSort>({
    all: () => state().diff.view?.combinations ?? [],
    id: combinationKey,
    readable,
    fields: FIELDS,
    searched: (each) => ({
      text: [
        `${each.website} ${each.city} ${each.operation} ${each.product} ${each.scraper_name}`,
        each.note ?? '',
      ],
      words: {
        site: [each.website],
        city: [each.city],
        operation: [each.operation],
        product: [each.product],
        scraper: [each.scraper_name],
        error: [each.note ?? ''],
      },
      numbers: { variant: each.variant },
    }),
    // What nobody can know is less than nothing.
    value: (each, by) => each[by] ?? -1,
  })
}

/** The changes of the kind that is looked at, in the order of the engine. */
export function listingSource({
  engine,
  readable,
  state,
}: Pick<ListHost, 'engine' | 'readable' | 'state'>): Source<Change> {
  return {
    id: changeKey,
    check: (search) => void parseListingSearch(search),
    async page({ search, offset, limit }) {
      const { batches, view, kind, scope } = state().diff
      if (!batches || !view) return { total: 0, rows: [], position: null }
      if (kind === 'added' || kind === 'dropped') {
        const urls = chosenUrls(
          kind === 'added' ? view.urls.added_urls : view.urls.gone_urls,
          readable(search),
        )
        const rows = urls.slice(offset, offset + limit).map((url): Change => ({ kind, url }))
        return { total: urls.length, rows, position: null }
      }
      const searches = [scope && `variant:${scope.variant}`, search].filter(Boolean)
      const { listings } = await engine.query({
        type: 'diff',
        ...batches,
        ...(scope && { filter: filterOf(scope) }),
        offset: 0,
        limit: 0,
        listings: { kind, offset, limit, ...(searches.length > 0 && { search: searches.join(' ') }) },
      })
      return {
        total: listings?.total ?? 0,
        rows: safeDeep(listings?.listings ?? [], readable),
        position: null,
      }
    },
    // Listings are looked at, nothing is done to them: no key marks them.
    ids: () => Promise.resolve([]),
  }
}

export function changeKey(change: Change): string {
  return 'id' in change ? `${combinationKey(change)}/${change.id}/${change.url}` : change.url
}

function chosenUrls(urls: readonly string[], search: string): readonly string[] {
  const terms = parseSearch(search)
  return urls.filter((url) => matches(terms, { text: [url], words: { url: [url] } }))
}

/** All but the variant, which a search tells. */
function filterOf(scope: CombinationDiff): TaskFilter {
  const { website: site, city, operation, product, scraper_name: scraper } = scope
  return { site, city, operation, product, scraper }
}
