import { escapeHtml, htmlPage, jsonLdScript, pageOf, scriptJson } from './html.ts'
import { card, card2024 } from './inm24-cards.ts'
import { address, kindOf, location, mainFeatures, offers } from './inm24-posting.ts'
import type { ListContents, Listing } from './listings.ts'
import type { PortalList } from './lists.ts'

export const PAGE_SIZE = 30

/** How often a page of a list was asked for: what follows a visitor around is never twice the same. */
let visits = 0

/** A page of a list (source: sites.md, Inm24); without a card when the list ended before it. */
export function resultPage({ list, listings, related }: ListContents, page: number): string {
  visits += 1
  const shown = pageOf(listings, page, PAGE_SIZE)
  const count = listings.length.toLocaleString('en-US')
  const title = `${count} ${list.product} en ${list.operation} en ${list.city} - Inmuebles24`
  // Some of its lists still look as in 2024, without any state.
  const isOld = list.product === 'Departamentos'
  const draw = isOld ? card2024 : card
  const cards = shown.map((each, place) => draw(list, each, kindOf(each), visit(page, place)))
  const recommended = `<aside>${draw(list, related, 'RECOMMENDATION', visit(page, 0))}</aside>`
  const paging = [1, 2, 3, 4, 5].map((number) => `<a data-qa="PAGING_${number}">${number}</a>`).join('')
  const notice = shown.length === 0 ? '<h2>No encontramos propiedades que coincidan con tu búsqueda</h2>' : ''
  const state = isOld ? '' : stateScripts(list, listings.length, shown, page)
  const body = [`<h1>${escapeHtml(title)}</h1>`, notice, ...cards, recommended, `<nav>${paging}</nav>`, state]
  const data = jsonLdScript({
    '@type': 'Product',
    offers: { '@type': 'AggregateOffer', offerCount: listings.length },
  })
  return htmlPage(title, data + body.join('\n'))
}

/** What comes after the `?` of each address. */
function visit(page: number, place: number): string {
  return `?n_src=Listado&n_pills=Terraza&n_pg=${page}&n_pos=${place + 1}&n_sid=${visits}`
}

/** The state that the page was made of, in the response alone: the page's script takes it away. */
function stateScripts(list: PortalList, total: number, shown: readonly Listing[], page: number): string {
  const listPostings = shown.map((each, place) => posting(list, each, visit(page, place)))
  const paging = { total, totalPages: Math.ceil(total / PAGE_SIZE), limit: PAGE_SIZE, currentPage: page }
  const listStore = { listPostings, paging, totalPosting: total.toLocaleString('en-US') }
  return `<script id="preloadedData">
  window.__PRELOADED_STATE__ = ${scriptJson({ listStore })};
</script>
<script>document.getElementById('preloadedData').remove(); delete window.__PRELOADED_STATE__</script>`
}

function posting(list: PortalList, of: Listing, following: string): object {
  return {
    postingId: of.id,
    postingCode: of.code,
    title: of.title,
    generatedTitle: `${list.product} · ${of.land}m²`,
    priceOperationTypes: offers(list, of),
    mainFeatures: mainFeatures(of),
    realEstateType: { name: list.product },
    postingType: kindOf(of),
    url: address(list, of) + following,
    // Late in the evening, when it is tomorrow in London already.
    publication: {
      beginDate: Date.parse(`${of.updated}T12:00:00-06:00`) + 5 * 86_400_000,
      firstDateOnline: Date.parse(`${of.updated}T23:30:00-06:00`),
    },
    modified_date: `${of.updated}T20:29:13-0400`,
    descriptionNormalized: of.description,
    postingLocation: {
      address: { name: of.street, visibility: 'EXACT' },
      location: location(of),
      postingGeolocation: { geolocation: { latitude: of.lat, longitude: of.lon } },
    },
    publisher: { name: of.broker.name, mainPhone: of.broker.phone },
    whatsApp: of.broker.phone,
  }
}
