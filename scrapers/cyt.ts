import { counter } from './kit/counter.ts'
import { load } from './kit/css.ts'
import { day } from './kit/dates.ts'
import { flightData, nextData } from './kit/embedded.ts'
import { rowOf, type Fields } from './kit/fields.ts'
import { byParameter } from './kit/forms.ts'
import { at, find, firstAt, isObject, type Json } from './kit/json.ts'
import { firstItems, LINKED } from './kit/linked.ts'
import { scrapeList } from './kit/list.ts'
import { areaOf, degrees, span, splitBathrooms } from './kit/measure.ts'
import { asking, currency } from './kit/money.ts'
import { link, type Page } from './kit/page.ts'
import type { Found } from './kit/site.ts'
import { identifier, joined, prose, text } from './kit/text.ts'
import { title } from './kit/title.ts'

/** A property of the page's state; where two paths are given, the second is the App Router's. */
const PROPERTY: Fields = {
  id: [identifier, 'id'],
  url: [link, 'canonical', 'url'],
  nombre: [title, 'name', 'title'],
  descripcion: [prose, 'description', 'name', 'title'],
  ubicacion: [(item) => joined(firstAt(item, 'neighborhood', 'colonia'), at(item, 'municipality')), ''],
  colonia: [text, 'neighborhood', 'colonia'],
  municipio: [text, 'municipality'],
  moneda: [currency, 'currency'],
  habitaciones: [span, 'rooms', 'features.rooms'],
  baños: [(value) => splitBathrooms(span(value)).full, 'bathrooms', 'features.bathrooms'],
  medios_baños: [
    (item) =>
      span(firstAt(item, 'halfBathrooms', 'features.halfBathrooms')) ??
      splitBathrooms(span(firstAt(item, 'bathrooms', 'features.bathrooms'))).half,
    '',
  ],
  estacionamientos: [span, 'parkingLots', 'parking', 'features.parking', 'features.parkingLots'],
  superficie: [areaOf, 'surface', 'features.area'],
  construccion: [areaOf, 'construction', 'features.construction'],
  latitud: [degrees, '_geo.lat', 'coords.lat', 'coords.latitude'],
  longitud: [degrees, '_geo.lng', 'coords.lng', 'coords.lon', 'coords.longitude'],
  actualizado: [(value, page) => day(value, page.fetched), 'lastUpdate'],
  telefono: [text, 'broker.phone'],
  correo: [text, 'broker.email'],
}

const PRICES = {
  venta: ['priceSale', 'sellingPrice', ...prioritized('venta')],
  renta: ['priceRent', 'rentPrice', 'rentalPrice', ...prioritized('renta')],
}
const SALE: Fields = { ...PROPERTY, ...askedAt(...PRICES.venta) }
const RENTAL: Fields = { ...PROPERTY, ...askedAt(...PRICES.renta) }
/** Of a list of developments, whose address names no operation. */
const EITHER: Fields = { ...PROPERTY, ...askedAt(...PRICES.venta, ...PRICES.renta) }

/** Here the description is the name, and what JSON-LD calls the floor is the plot. */
const LISTING: Fields = {
  ...LINKED,
  nombre: [title, 'name'],
  descripcion: [prose, 'description', 'name'],
  superficie: [areaOf, 'floorSize'],
  fecha_publicacion: [() => undefined],
  actualizado: [(value, page) => day(value, page.fetched), 'datePosted'],
}

/**
 * Casas y Terrenos: plain HTTP, 240 listings a page, all of them as JSON in the page: before August 2026 in
 * `__NEXT_DATA__`, since then in the App Router's stream and as JSON-LD (source: sites.md, CyT).
 */
await scrapeList({
  earlier: { codigo: 'id' },
  forms: [byParameter('page')],
  page_size: 240,
  full_from: 240,
  strategies: [
    { name: 'next_data', read: nextState },
    { name: 'app_router', read: streamedState },
    { name: 'json_ld', read: linkedData },
  ],
  browser: false,
})

function nextState(page: Page): Found | undefined {
  return fromState(at(nextData(page.source), 'props.pageProps.initialState.propertyData'), page)
}

function streamedState(page: Page): Found | undefined {
  const isState = (object: Record<string, Json>) => 'estimatedTotalHits' in object
  return fromState(find(flightData(page.source), isState), page)
}

function fromState(state: Json, page: Page): Found | undefined {
  const properties = at(state, 'properties')
  if (!Array.isArray(properties)) return undefined
  const total = at(state, 'estimatedTotalHits')
  const list = ofTheList(page)
  const fields = list.operacion === undefined ? EITHER : list.operacion === 'renta' ? RENTAL : SALE
  return {
    rows: properties.map((item) => ({ ...rowOf(fields, item, page), ...list })),
    total: typeof total === 'number' ? total : counterOfPage(page),
  }
}

function linkedData(page: Page): Found | undefined {
  const items = firstItems(page.source)
  if (!items?.length) return undefined
  const list = ofTheList(page)
  const rows = items.map((item) => ({ ...rowOf(LISTING, item, page), ...list }))
  return { rows, total: counterOfPage(page) }
}

function counterOfPage(page: Page): number | undefined {
  const $ = load(page.html)
  return counter($('h1').eq(0).text()) ?? counter($('title').eq(0).text())
}

/** Where the App Router's prices stand: the one that the portal shows first, and the one below. */
function prioritized(operation: string): string[] {
  return ['primary', 'secondary'].flatMap((place) =>
    ['', '.price', '.amount'].map((end) => `prioritizedPrices.${place}.${operation}${end}`),
  )
}

/** The price is the first of `paths` with one; a development's has a lower end. */
function askedAt(...paths: string[]): Fields {
  const asked = (item: Json) => {
    const path = paths.find((each) => asking(at(item, each)) !== undefined)
    return path === undefined ? undefined : at(item, path)
  }
  return {
    precio: [(item) => asking(asked(item)), ''],
    desde: [(item) => (isObject(asked(item)) ? 'sí' : undefined), ''],
  }
}

/** What the list's address says of every listing in it: `/jalisco/zapopan/casas/venta`, `/desarrollos/jalisco/zapopan`. */
function ofTheList({ url }: Page) {
  const [, tipo, operacion] = /\/([^/]+)\/(venta|renta)\/?$/.exec(url.pathname) ?? []
  return { tipo: tipo ?? /^\/(desarrollos)\//.exec(url.pathname)?.[1], operacion }
}
