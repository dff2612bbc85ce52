import { seeded, shuffled } from './chance.ts'
import { escapeHtml, htmlPage, jsonLdScript, scriptJson } from './html.ts'
import { itemList, linkedListing, wholeAddress } from './linked.ts'
import type { ListContents, Listing } from './listings.ts'
import { HOSTS, type PortalList } from './lists.ts'
import { listPage, NOWHERE, type Portal } from './portal.ts'

const PAGE_SIZE = 47

/**
 * Propiedades.com (source: sites.md, Prop): its state has no titles, its JSON-LD has them and is wrong in much else, and its
 * last page may be empty.
 */
export const prop: Portal = {
  page_size: PAGE_SIZE,
  robots: 'User-agent: *\nDisallow: /admin/\n',
  find(url, lists) {
    const contents = lists.find(({ list }) => list.url === url.origin + url.pathname)
    const page = Number(url.searchParams.get('pagina') ?? 1)
    return contents ? listPage(contents.list, 300, () => resultPage(contents, page)) : NOWHERE
  },
}

function resultPage({ list, listings, related }: ListContents, page: number): string {
  const shown = listings.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
  // Counts what was there yesterday.
  const items = Math.round(list.size * 1.04)
  const pages = Math.ceil(items / PAGE_SIZE)
  const paginate = { current_page: page, items, pages, next_page: page < pages ? page + 1 : null }
  const h1 = `${list.product} en ${list.operation} en ${list.city}`
  const state = {
    props: {
      pageProps: {
        recommended: { properties: [property(list, related)] },
        results: { properties: shown.map((each) => property(list, each)), paginate, seo: { h1 } },
      },
    },
  }
  const wrong = shown.map((each) =>
    linkedListing({ ...each, built: each.built + 80 }, address(each), {
      description: each.description,
      offers: { price: each.price + 1 },
    }),
  )
  const data = jsonLdScript({ '@type': 'WebPage', mainEntity: itemList(wrong) })
  const script = `<script id="__NEXT_DATA__" type="application/json">${scriptJson(shuffled(state, seeded(page)))}</script>`
  return htmlPage(`${items} ${h1}`, `<h1>${escapeHtml(h1)}</h1>${data}${script}`)
}

function property(list: PortalList, of: Listing) {
  const placed = Number(of.id) % 5 !== 0
  return {
    id: of.id,
    url_property: new URL(address(of)).pathname,
    type_str: list.product,
    purpose_str: list.operation,
    short_address: `${of.neighborhood}, ${of.municipality}`,
    full_address: wholeAddress(of),
    // Where nobody placed it, the portal sends the middle of the country.
    latitude: placed ? of.lat : 23.63,
    longitude: placed ? of.lon : -102.55,
    valid_coords: placed,
    colony: of.neighborhood,
    municipality: of.municipality,
    bedrooms: of.rooms,
    bathrooms: of.baths + of.halfBaths / 2,
    parking_num: of.parking,
    size_m2: of.built,
    sale_price_real: list.operation === 'venta' ? of.price : 0,
    rental_price_real: list.operation === 'renta' ? of.price : 0,
    currency: of.currency,
    published: of.updated,
    modified: of.updated.split('-').toReversed().join('/'),
    days_ago: of.age % 2 === 0 ? of.age : `${of.age} días en Propiedades.com`,
    advertiser: { phone: of.broker.phone, mail: of.broker.email },
  }
}

function address({ id }: Listing): string {
  return `https://${HOSTS.Prop}/inmuebles/inmueble-${id}`
}
