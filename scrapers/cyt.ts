import { flightData, isOfType, jsonLd, nextData } from './kit/embedded.ts'
import { rowOf, type Field } from './kit/fields.ts'
import { at, find, firstAt, isObject, list, type Json } from './kit/json.ts'
import { scrapeList } from './kit/list.ts'
import { degrees, least, span } from './kit/measure.ts'
import { currency } from './kit/money.ts'
import { link, type Page } from './kit/page.ts'
import type { Found } from './kit/site.ts'
import { identifier, joined, prose, text } from './kit/text.ts'

const COLUMNS = [
  ...(['descripcion', 'ubicacion', 'url', 'precio', 'tipo', 'habitaciones', 'baños'] as const),
  ...(['estacionamientos', 'superficie', 'codigo', 'id', 'moneda', 'desde', 'operacion'] as const),
  ...(['construccion', 'colonia', 'municipio', 'latitud', 'longitud', 'actualizado'] as const),
]
type Column = (typeof COLUMNS)[number]
type Fields = Record<Column, Field>

/** What the list's address says of every listing in it: `/jalisco/zapopan/casas/venta`. */
const OF_THE_LIST = {
  tipo: [(_, page) => page.url.pathname.split('/').at(-2), ''],
  operacion: [(_, page) => operation(page), ''],
} satisfies Partial<Fields>

/** A property of the page's state; where two paths are given, the second is the App Router's. */
const PROPERTY: Fields = {
  ...OF_THE_LIST,
  id: [identifier, 'id'],
  codigo: [identifier, 'id'],
  url: [link, 'canonical', 'url'],
  descripcion: [prose, 'name', 'title', 'description'],
  ubicacion: [(item) => joined(firstAt(item, 'neighborhood', 'colonia'), at(item, 'municipality')), ''],
  colonia: [text, 'neighborhood', 'colonia'],
  municipio: [text, 'municipality'],
  precio: [(item, page) => least(asked(item, page)), ''],
  desde: [(item, page) => (isObject(asked(item, page)) ? 'sí' : undefined), ''],
  moneda: [currency, 'currency'],
  habitaciones: [span, 'rooms', 'features.rooms'],
  baños: [span, 'bathrooms', 'features.bathrooms'],
  estacionamientos: [span, 'parkingLots', 'features.parking'],
  superficie: [span, 'surface', 'features.area'],
  construccion: [span, 'construction', 'features.construction'],
  latitud: [degrees, '_geo.lat', 'coords.lat'],
  longitud: [degrees, '_geo.lng', 'coords.lng'],
  actualizado: [text, 'lastUpdate'],
}

/** A schema.org RealEstateListing. */
const LISTING: Fields = {
  ...OF_THE_LIST,
  id: [keyInAddress, 'url'],
  codigo: [keyInAddress, 'url'],
  url: [link, 'url'],
  descripcion: [prose, 'name', 'description'],
  ubicacion: [(item) => joined(at(item, 'address.streetAddress'), at(item, 'address.addressLocality')), ''],
  colonia: [text, 'address.streetAddress'],
  municipio: [text, 'address.addressLocality'],
  precio: [least, 'offers.price'],
  desde: [() => undefined],
  moneda: [currency, 'offers.priceCurrency'],
  habitaciones: [span, 'numberOfBedrooms'],
  baños: [span, 'numberOfBathroomsTotal'],
  estacionamientos: [() => undefined],
  superficie: [span, 'floorSize.value'],
  construccion: [() => undefined],
  latitud: [degrees, 'geo.latitude'],
  longitud: [degrees, 'geo.longitude'],
  actualizado: [text, 'datePosted'],
}

/**
 * Casas y Terrenos: plain HTTP, 240 listings a page, all of them as JSON in the page: before August 2026 in
 * `__NEXT_DATA__`, since then in the App Router's stream and as JSON-LD (source: sites.md, CyT). Brokers stay
 * out: they are people's names, telephones and e-mail addresses.
 */
await scrapeList({
  columns: COLUMNS,
  forms: [withPage],
  page_size: 240,
  full_from: 240,
  strategies: [
    { name: 'next_data', read: nextState },
    { name: 'app_router', read: streamedState },
    { name: 'json_ld', read: linkedData },
  ],
  challenge: /attention required/i,
})

function withPage(listUrl: URL, page: number): URL {
  const url = new URL(listUrl)
  if (page > 1) url.searchParams.set('page', String(page))
  return url
}

function nextState(page: Page): Found<Column> | undefined {
  return fromState(at(nextData(page.html), 'props.pageProps.initialState.propertyData'), page)
}

function streamedState(page: Page): Found<Column> | undefined {
  const isState = (object: Record<string, Json>) => 'estimatedTotalHits' in object
  return fromState(find(flightData(page.html), isState), page)
}

function fromState(state: Json, page: Page): Found<Column> | undefined {
  const properties = at(state, 'properties')
  if (!Array.isArray(properties)) return undefined
  const total = at(state, 'estimatedTotalHits')
  return {
    rows: properties.map((item) => rowOf(PROPERTY, item, page)),
    total: typeof total === 'number' ? total : undefined,
  }
}

/** The first list only: a second one on the page recommends listings of elsewhere. */
function linkedData(page: Page): Found<Column> | undefined {
  const results = jsonLd(page.html).find((node) => isOfType(node, 'ItemList'))
  const items = list(at(results, 'itemListElement')).map((element) => at(element, 'item'))
  const listings = items.filter((item) => isOfType(item, 'RealEstateListing'))
  if (listings.length === 0) return undefined
  return { rows: listings.map((item) => rowOf(LISTING, item, page)) }
}

function asked(item: Json, page: Page): Json {
  const prices = operation(page) === 'renta' ? ['priceRent', 'priceSale'] : ['priceSale', 'priceRent']
  return [...prices, 'sellingPrice'].map((path) => at(item, path)).find((price) => least(price) !== undefined)
}

function operation(page: Page): string | undefined {
  return page.url.pathname.split('/').at(-1)
}

function keyInAddress(url: Json): string | undefined {
  return /(\d+)\/?$/.exec(text(url) ?? '')?.[1]
}
