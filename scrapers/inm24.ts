import about from './inm24.about.json' with { type: 'json' }
import { counter } from './kit/counter.ts'
import { load } from './kit/css.ts'
import { assigned, jsonLd } from './kit/embedded.ts'
import { isEmptyList, saysNothing } from './kit/empty.ts'
import { given } from './kit/fields.ts'
import { at, isObject, type Json } from './kit/json.ts'
import { scrapeList } from './kit/list.ts'
import { wholeNumber } from './kit/navent.ts'
import { ofTheCard } from './kit/navent-card.ts'
import { ofThePosting } from './kit/navent-posting.ts'
import type { Page } from './kit/page.ts'
import type { Found } from './kit/site.ts'

const CARDS = ['PROPERTY', 'DEVELOPMENT', 'UNIT'].map((kind) => `[data-qa="posting ${kind}"]`).join()

/**
 * Inmuebles24: 30 cards a page, feeds `inm24_det`. Its robots.txt closes the unsorted list after page 5 and
 * opens the list sorted by price, so that is the one asked for; where robots.txt changes its mind, the run
 * stays with the pages it allows. Page 5 is refused, sorted or not; a list that is longer can be split by price (source: sites.md, Inm24).
 */
await scrapeList({
  forms: [sortedPage, plainPage],
  page_size: about.page_size,
  full_from: 20,
  reachable: about.reachable,
  bands: { form: pricedPage, whole: (list) => plainPage(list, 1), pages: about.split.price.pages },
  strategies: [
    { name: 'preloaded_state', read: fromState },
    { name: 'cards', read: fromCards },
  ],
  browser: true,
})

/** How the portal sorts a search for words (`-q-remate`) is not known: no sorted form of it. */
function sortedPage(list: URL, page: number): URL | undefined {
  const { sorted, unsortable } = about.robots
  return list.pathname.includes(unsortable) ? undefined : withSuffix(list, `${sorted}${pageSuffix(page)}`)
}

/** What costs more than so many pesos, sorted (source: sites.md, Inm24). */
function pricedPage(list: URL, floor: number, page: number): URL | undefined {
  return sortedPage(floor > 0 ? withSuffix(list, `-mas-de-${floor}-pesos`) : list, page)
}

function plainPage(list: URL, page: number): URL {
  return withSuffix(list, pageSuffix(page))
}

function pageSuffix(page: number): string {
  return page > 1 ? `-pagina-${page}` : ''
}

function withSuffix(list: URL, suffix: string): URL {
  const url = new URL(list)
  url.pathname = url.pathname.replace(/(\.html)?$/, `${suffix}.html`)
  return url
}

/** The state that the page was rendered from, and what only its cards say; scripts remove it once they have read it. */
function fromState(page: Page): Found | undefined {
  const store = at(assigned(page.source, '__PRELOADED_STATE__'), 'listStore')
  // Of old a list with the postings' keys for names.
  const postings: Json = at(store, 'listPostings')
  if (!isObject(postings)) return undefined
  const cards = fromCards(page)
  const rows = new Map(cards?.rows.map((row) => [row.id, row]))
  for (const posting of Object.values(postings)) {
    const row = ofThePosting(posting, page)
    if (row.id !== undefined) rows.set(row.id, { ...rows.get(row.id), ...given(row) })
  }
  const total =
    wholeNumber(at(store, 'paging.total')) ?? wholeNumber(at(store, 'totalPosting')) ?? cards?.total
  return { rows: [...rows.values()], total }
}

function fromCards(page: Page): Found | undefined {
  const $ = load(page.html)
  const headings = ['title', 'h1'].map((name) => $(name).eq(0).text())
  const total = offered(page) ?? headings.map(counter).find((count) => count !== undefined)
  const cards = $(CARDS).toArray()
  if (cards.length > 0 && !isBesideNothing($, total)) {
    return { rows: cards.map((card) => ofTheCard($(card), page)), total }
  }
  const number = Number(/-pagina-(\d+)/.exec(page.url.pathname)?.[1] ?? 1)
  const listings = cards.length > 0 ? 'none' : '[data-qa^="posting "], [data-to-posting]'
  if (!isEmptyList($, { number, total, size: about.page_size, listings })) return undefined
  return { rows: [], total: total ?? 0 }
}

/** Whether the page says that it found nothing: what it shows beside that is recommended. */
function isBesideNothing($: ReturnType<typeof load>, total: number | undefined): boolean {
  if (total !== undefined) return total === 0
  const says = $('h1, h2, h3, [class*="empty" i], [class*="no-result" i]').filter(
    (_, element) => $(element).closest(CARDS).length === 0,
  )
  return saysNothing(says.text())
}

/** How many listings the page's JSON-LD offers, if it says one number. */
function offered(page: Page): number | undefined {
  const counts = jsonLd(page.source).flatMap(
    (node) =>
      wholeNumber(at(node, 'offers.offerCount')) ??
      wholeNumber(at(node, 'mainEntity.offers.offerCount')) ??
      [],
  )
  return new Set(counts).size === 1 ? counts[0] : undefined
}
