import { counter } from './kit/counter.ts'
import { load } from './kit/css.ts'
import { day, daysAgo } from './kit/dates.ts'
import { nextData } from './kit/embedded.ts'
import { rowOf, type Fields } from './kit/fields.ts'
import { byParameter } from './kit/forms.ts'
import { at, firstAt, type Json } from './kit/json.ts'
import { BUILT_AREA, firstItems, LINKED } from './kit/linked.ts'
import { scrapeList } from './kit/list.ts'
import { areaOf, degrees, span, splitBathrooms } from './kit/measure.ts'
import { asking, currency } from './kit/money.ts'
import { link, type Page } from './kit/page.ts'
import type { Cell, Found, Row } from './kit/site.ts'
import { identifier, joined, prose, text } from './kit/text.ts'
import { title } from './kit/title.ts'

/** What the list's address says of every listing in it: `/zapopan/casas-venta`. */
const OF_THE_LIST: Fields = {
  tipo: [(_, page) => ofTheList(page).tipo, ''],
  operacion: [(_, page) => ofTheList(page).operacion, ''],
}

const PROPERTY: Fields = {
  ...OF_THE_LIST,
  id: [identifier, 'id'],
  url: [link, 'url_property'],
  nombre: [
    (item) => title(firstAt(item, 'title', 'name'), ...PLACES.map((path) => text(at(item, path)))),
    '',
  ],
  descripcion: [prose, 'description'],
  precio: [(item, page) => asked(item, page), ''],
  moneda: [currency, 'currency'],
  habitaciones: [span, 'bedrooms'],
  baños: [(value) => splitBathrooms(span(value)).full, 'bathrooms'],
  medios_baños: [(value) => splitBathrooms(span(value)).half, 'bathrooms'],
  estacionamientos: [span, 'parking_num'],
  construccion: [areaOf, 'size_m2'],
  superficie: [areaOf, 'ground_size_m2'],
  ubicacion: [
    (item) =>
      text(firstAt(item, 'full_address', 'short_address')) ??
      joined(at(item, 'colony'), at(item, 'municipality')),
    '',
  ],
  colonia: [text, 'colony'],
  municipio: [text, 'municipality'],
  latitud: [(item) => placed(item, 'latitude'), ''],
  longitud: [(item) => placed(item, 'longitude'), ''],
  fecha_publicacion: [(item, page) => published(item, page), ''],
  actualizado: [(value, page) => day(value, page.fetched), 'modified'],
}

/** Where a place stands, which a title may not repeat. */
const PLACES = ['full_address', 'short_address', 'colony', 'municipality']

const LISTING: Fields = { ...LINKED, ...BUILT_AREA, ...OF_THE_LIST, nombre: [title, 'name'] }
const TEXTS: Fields = { url: LINKED.url, nombre: LISTING.nombre, descripcion: LINKED.descripcion } as Fields

/**
 * Propiedades.com: 47 listings a page. Its JSON-LD errs (a rental for sale, an area of another listing), so only what
 * the page's state has not is taken from it: title and description (source: sites.md, Prop).
 */
await scrapeList({
  forms: [byParameter('pagina')],
  page_size: 47,
  full_from: 40,
  strategies: [
    { name: 'next_data', read: nextState },
    { name: 'json_ld', read: linkedData },
  ],
  browser: false,
})

function nextState(page: Page): Found | undefined {
  const results = at(nextData(page.source), 'props.pageProps.results')
  const properties = at(results, 'properties')
  if (!Array.isArray(properties)) return undefined
  const texts = textsByAddress(page)
  const rows = properties.map((item) => {
    const row = rowOf(PROPERTY, item, page)
    const beside = texts.get(row.url)
    return {
      ...row,
      nombre: row.nombre ?? beside?.nombre,
      descripcion: row.descripcion ?? beside?.descripcion,
    }
  })
  const counted = firstAt(results, 'paginate.items', 'totalItems')
  return { rows, total: total(counted) ?? counterOfPage(page) }
}

/** What only the JSON-LD says, where it says it of the same address. */
function textsByAddress(page: Page): Map<Cell, Row> {
  const rows = (firstItems(page.source) ?? []).map((item) => rowOf(TEXTS, item, page))
  return new Map(rows.flatMap((row) => (row.url === undefined ? [] : [[row.url, row]])))
}

function linkedData(page: Page): Found | undefined {
  const items = firstItems(page.source)
  if (!items?.length) return undefined
  return { rows: items.map((item) => rowOf(LISTING, item, page)), total: counterOfPage(page) }
}

function total(counted: Json): number | undefined {
  const number = typeof counted === 'string' ? Number(counted) : counted
  return Number.isSafeInteger(number) ? (number as number) : undefined
}

function counterOfPage(page: Page): number | undefined {
  const $ = load(page.html)
  return counter($('title').eq(0).text()) ?? counter($('h1').eq(0).text())
}

function ofTheList({ url }: Page) {
  const [, tipo, operacion] = /\/([^/]+)-(venta|renta)\/?$/.exec(url.pathname) ?? []
  return { tipo, operacion }
}

/** The price for the list's operation: a listing may have one for either. */
function asked(item: Json, page: Page): number | undefined {
  const [sale, rental] = [asking(at(item, 'sale_price_real')), asking(at(item, 'rental_price_real'))]
  const { operacion } = ofTheList(page)
  if (operacion !== undefined) return operacion === 'renta' ? rental : sale
  return sale === undefined || rental === undefined ? (sale ?? rental) : undefined
}

function placed(item: Json, axis: 'latitude' | 'longitude'): number | undefined {
  return at(item, 'valid_coords') === false ? undefined : degrees(at(item, axis))
}

function published(item: Json, page: Page): string | undefined {
  const ago = at(item, 'days_ago')
  return day(at(item, 'published'), page.fetched) ?? daysAgo(ago, page.fetched) ?? day(ago, page.fetched)
}
