import { escapeHtml, htmlPage, jsonLdScript, pageOf } from './html.ts'
import { itemList, linkedListing, money, offer } from './linked.ts'
import type { ListContents, Listing } from './listings.ts'
import { HOSTS, type PortalList } from './lists.ts'
import { listingPage, listPage, NOWHERE, type Portal } from './portal.ts'

const PAGE_SIZE = 30
/** The charset is told nowhere, neither here nor in the page. */
const TYPE = 'text/html'
const NO_CHARSET = '<meta name="viewport" content="width=device-width">'

/** Lamudi (source: sites.md, Lam): its counter knows half of what is there. */
export const lam: Portal = {
  robots: 'User-agent: *\nDisallow: /*search-filter\nDisallow: /*action=\nDisallow: /*version=\n',
  find(url, lists) {
    const id = /^\/detalle\/(\d+)$/.exec(url.pathname)?.[1]
    if (id) return listingPage(lists, id, detailPage, TYPE)
    const contents = lists.find(({ list }) => list.url === url.origin + url.pathname)
    const page = Number(url.searchParams.get('page') ?? 1)
    return contents ? listPage(contents.list, 250, () => resultPage(contents, page), TYPE) : NOWHERE
  },
}

function resultPage({ list, listings, related }: ListContents, page: number): string {
  const shown = pageOf(listings, page, PAGE_SIZE)
  const heading = `${Math.ceil(list.size / 2).toLocaleString('en-US')} ${list.product} en ${list.operation}`
  const found = itemList(
    shown.map((each) => linkedListing(each, address(each), isPriced(each) ? { offers: offer(each) } : {})),
  )
  const beside = itemList([linkedListing(related, address(related), { offers: offer(related) })])
  // Some of its pages send a list for an array, others an object with numbers for keys.
  const mainEntity = page % 2 === 1 ? [found, beside] : { 0: found, 1: beside }
  const data = jsonLdScript({ '@graph': [{ '@type': 'SearchResultsPage', mainEntity }] })
  const cards = shown.map((each) => card(each)).join('\n')
  const similar = `<section class="related-listings"><h2>Propiedades similares</h2>${card(related)}</section>`
  return htmlPage(heading, `<h1>${heading}</h1>${data}${cards}${similar}`, NO_CHARSET)
}

/** Of the others the price stands on the card alone. */
function isPriced({ id }: Listing): boolean {
  return Number(id) % 2 === 0
}

function card(of: Listing): string {
  return `<div class="snippet"><a href="${new URL(address(of)).pathname}">
  <span class="snippet__title">${escapeHtml(of.title)}</span></a>
  <div class="snippet__price">${money(of.price, of.currency)}</div></div>`
}

function detailPage(list: PortalList, of: Listing, { related }: ListContents): string {
  const amenityFeature = of.features.map((name) => ({ '@type': 'LocationFeatureSpecification', name }))
  const mainEntity = [
    linkedListing(of, address(of), { amenityFeature, ...(isPriced(of) && { offers: offer(of) }) }),
    linkedListing(related, address(related), { offers: offer(related) }),
  ]
  const body = `<h1>${escapeHtml(of.title)}</h1>${jsonLdScript({ '@type': 'WebPage', mainEntity })}
<div class="prices-and-fees__price">${money(of.price, of.currency)}</div>
<div data-test="property-type-value">${list.product.replace(/s$/, '')}</div>
<div data-test="operation-type-value">${list.operation}</div>
<div data-test="plot-area-value">${of.land} m²</div>
<div data-test="car-spaces-value">${of.parking}</div>
<div id="description-text">${escapeHtml(of.description)}</div>
<div class="date">Publicado hace ${of.age + 1} días</div>
<div class="agency__name">${escapeHtml(of.broker.name)}</div><a href="tel:${of.broker.phone}">Llamar</a>`
  return htmlPage(of.title, body, `${NO_CHARSET}<meta name="ICBM" content="${of.lat}; ${of.lon}">`)
}

function address({ id }: Listing): string {
  return `https://${HOSTS.Lam}/detalle/${id}`
}
