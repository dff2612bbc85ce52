import { seeded, shuffled } from './chance.ts'
import { escapeHtml, htmlPage, jsonLdScript, pageOf, scriptJson } from './html.ts'
import { wholeAddress } from './linked.ts'
import type { ListContents, Listing } from './listings.ts'
import { HOSTS, type PortalList } from './lists.ts'
import { listPage, NOWHERE, type Portal } from './portal.ts'

const PAGE_SIZE = 240

export const cyt: Portal = {
  page_size: PAGE_SIZE,
  robots: 'User-agent: *\nDisallow: /api/\nDisallow: /beta/\n',
  find(url, lists) {
    const contents = lists.find(({ list }) => list.url === url.origin + url.pathname)
    const page = Number(url.searchParams.get('page') ?? 1)
    return contents ? listPage(contents.list, 200, () => resultPage(contents, page)) : NOWHERE
  },
}

/** A page of a list in one of the three shapes that the portal has had (source: sites.md, CyT). */
function resultPage(contents: ListContents, page: number): string {
  const { list } = contents
  const shown = { ...contents, listings: pageOf(contents.listings, page, PAGE_SIZE) }
  const heading = `${list.product} en ${list.operation} en ${list.city}`
  const shape = SHAPES[list.product] ?? streamShape
  return htmlPage(heading, `<h1>${escapeHtml(heading)}</h1>${shape(shown)}`)
}

type Shape = (shown: ListContents) => string

const SHAPES: Readonly<Record<string, Shape>> = { Departamentos: stateShape, Terrenos: linkedShape }

/** Before August 2026. */
function stateShape({ list, listings, related }: ListContents): string {
  const initialState = {
    propertyData: {
      properties: listings.map((each) => property(list, each)),
      estimatedTotalHits: list.size,
    },
    related: { properties: [property(list, related)] },
  }
  return `<script id="__NEXT_DATA__" type="application/json">${scriptJson({ props: { pageProps: { initialState } } })}</script>`
}

/** Since August 2026: rows of a stream, in pieces that end anywhere. */
function streamShape({ list, listings, related }: ListContents): string {
  const properties = listings.map((each, index) => routedProperty(list, each, `$${textRow(index)}`))
  const search = { properties, estimatedTotalHits: list.size }
  const notice = 'Aviso: los precios son de cada anunciante,\nno del portal ñ'
  const stream = [
    '1:"$Sreact.fragment"\n2:I[123,["static/chunks/app.js"],"Results"]\n',
    `3:T${Buffer.byteLength(notice).toString(16)},${notice}`,
    `4:${JSON.stringify(['$', 'div', null, { related: { properties: [property(list, related)] } }])}\n`,
    ...listings.map(({ description }, index) => {
      const length = Buffer.byteLength(description).toString(16)
      return `${textRow(index)}:T${length},${description}`
    }),
    `5:${JSON.stringify(['$', '$L2', null, { search }])}\n`,
  ].join('')
  const pieces = stream.match(/[\s\S]{1,5000}/g) ?? []
  const pushes = pieces.map((piece) => `<script>self.__next_f.push(${scriptJson([1, piece])})</script>`)
  const start = '<script>(self.__next_f=self.__next_f||[]).push([0])</script>'
  // Of another day: whoever takes the JSON-LD while the stream is there gets these.
  const stale = listings.slice(0, 3).map((each) => ({ ...each, price: each.price * 2, municipality: '' }))
  return linkedData(list, [stale]) + start + pushes.join('')
}

/** The name of the row with a listing's text. */
function textRow(index: number): string {
  return (0x100 + index).toString(16)
}

/** JSON-LD alone: what is left when the stream changes again. The second list recommends others. */
function linkedShape({ list, listings, related }: ListContents): string {
  return linkedData(list, [listings, [related]])
}

function linkedData(list: PortalList, lists: readonly (readonly Listing[])[]): string {
  const graph = lists.map((listings) => ({
    '@type': 'ItemList',
    itemListElement: listings.map((each, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      item: {
        '@type': 'RealEstateListing',
        name: each.title,
        url: address(list, each),
        datePosted: each.updated,
        offers: { '@type': 'Offer', price: each.price, priceCurrency: each.currency },
        address: { streetAddress: wholeAddress(each), addressLocality: each.municipality },
        geo: { latitude: each.lat, longitude: each.lon },
        floorSize: { value: each.land, unitCode: 'MTK' },
      },
    })),
  }))
  return jsonLdScript({ '@graph': graph })
}

function property(list: PortalList, of: Listing) {
  const range = (from: number, to: number) => (of.development ? { from, to } : from)
  const asked = range(of.price, of.price * 2)
  const given = {
    id: Number(of.id),
    canonical: new URL(address(list, of)).pathname,
    name: of.title,
    ...(list.operation === 'renta' ? { priceRent: asked, priceSale: 0 } : { priceSale: asked, priceRent: 0 }),
    currency: of.currency,
    surface: of.land,
    construction: of.built,
    rooms: range(of.rooms, of.rooms + 1),
    bathrooms: of.baths,
    parkingLots: of.parking,
    neighborhood: of.neighborhood,
    municipality: of.municipality,
    _geo: { lat: of.lat, lng: of.lon },
    lastUpdate: of.updated,
    broker: of.broker,
  }
  return shuffled(given, seeded(Number(of.id)))
}

/** As the App Router has it. `text` names the row with the description. */
function routedProperty(list: PortalList, of: Listing, text: string) {
  const range = (from: number, to: number) => (of.development ? { from, to } : from)
  const asked = range(of.price, of.price * 2)
  // Of the other operation there is a price too, and it is not what the list is of.
  const prices =
    list.operation === 'venta'
      ? { primary: { venta: asked }, secondary: { renta: 12_000 } }
      : { primary: { venta: 4_000_000 }, secondary: { renta: asked } }
  const given = {
    id: Number(of.id),
    canonical: new URL(address(list, of)).pathname,
    name: of.title,
    description: text,
    prioritizedPrices: prices,
    currency: of.currency.toLowerCase(),
    features: {
      age: of.age,
      area: of.land,
      construction: of.built,
      rooms: range(of.rooms, of.rooms + 1),
      bathrooms: of.baths,
      halfBathrooms: of.halfBaths,
      levels: 2,
      parking: of.parking,
    },
    colonia: of.neighborhood,
    municipality: of.municipality,
    coords: { lat: of.lat, lng: of.lon },
    lastUpdate: of.updated,
    broker: of.broker,
  }
  return shuffled(given, seeded(Number(of.id)))
}

function address(list: PortalList, { id, neighborhood }: Listing): string {
  const colony = neighborhood.toLowerCase().replaceAll(' ', '-')
  return `https://${HOSTS.CyT}/propiedad/${list.product.toLowerCase()}-en-${list.operation}-${colony}-${id}`
}
