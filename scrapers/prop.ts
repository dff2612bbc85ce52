import { counter } from './kit/counter.ts'
import { load } from './kit/css.ts'
import { day, daysAgo } from './kit/dates.ts'
import { nextData } from './kit/embedded.ts'
import { rowOf, type Fields } from './kit/fields.ts'
import { byParameter } from './kit/forms.ts'
import { at, type Json } from './kit/json.ts'
import { BUILT_AREA, firstItems, LINKED } from './kit/linked.ts'
import { scrapeList } from './kit/list.ts'
import { areaOf, degrees, least, span, splitBathrooms } from './kit/measure.ts'
import { currency } from './kit/money.ts'
import { link, type Page } from './kit/page.ts'
import type { Found } from './kit/site.ts'
import { identifier, joined, prose, text } from './kit/text.ts'

/** What the list's address says of every listing in it: `/zapopan/casas-venta`. */
const OF_THE_LIST: Fields = {
  tipo: [(_, page) => ofTheList(page).tipo, ''],
  operacion: [(_, page) => ofTheList(page).operacion, ''],
}

const PROPERTY: Fields = {
  ...OF_THE_LIST,
  id: [identifier, 'id'],
  url: [link, 'url_property'],
  nombre: [prose, 'title', 'name'],
  descripcion: [prose, 'description'],
  precio: [(item, page) => asked(item, page), ''],
  moneda: [currency, 'currency'],
  habitaciones: [span, 'bedrooms'],
  baños: [(value) => splitBathrooms(span(value)).full, 'bathrooms'],
  medios_baños: [(value) => splitBathrooms(span(value)).half, 'bathrooms'],
  estacionamientos: [span, 'parking_num'],
  construccion: [areaOf, 'size_m2'],
  superficie: [areaOf, 'ground_size_m2'],
  ubicacion: [(item) => joined(at(item, 'colony'), at(item, 'municipality')), ''],
  colonia: [text, 'colony'],
  municipio: [text, 'municipality'],
  latitud: [(item) => placed(item, 'latitude'), ''],
  longitud: [(item) => placed(item, 'longitude'), ''],
  fecha_publicacion: [(item, page) => published(item, page), ''],
}

const LISTING: Fields = { ...LINKED, ...BUILT_AREA, ...OF_THE_LIST }

/**
 * Propiedades.com: 47 listings a page. Its JSON-LD errs (a rental for sale, an area of another listing), so it
 * is asked only where the page's state is gone (source: sites.md, Prop).
 */
await scrapeList({
  forms: [byParameter('pagina')],
  page_size: 47,
  full_from: 40,
  strategies: [
    { name: 'next_data', read: nextState },
    { name: 'json_ld', read: linkedData },
  ],
  challenge: /akamai|pardon our interruption|reference #\d+\.[0-9a-f]+/i,
  browser: false,
})

function nextState(page: Page): Found | undefined {
  const results = at(nextData(page.source), 'props.pageProps.results')
  const properties = at(results, 'properties')
  if (!Array.isArray(properties)) return undefined
  const total = at(results, 'totalItems')
  return {
    rows: properties.map((item) => rowOf(PROPERTY, item, page)),
    total: typeof total === 'number' ? total : undefined,
  }
}

function linkedData(page: Page): Found | undefined {
  const items = firstItems(page.source)
  if (!items) return undefined
  const total = counter(load(page.html)('title').text())
  return { rows: items.map((item) => rowOf(LISTING, item, page)), total }
}

function ofTheList({ url }: Page) {
  const [, tipo, operacion] = /\/([^/]+)-(venta|renta)\/?$/.exec(url.pathname) ?? []
  return { tipo, operacion }
}

function asked(item: Json, page: Page): number | undefined {
  const [sale, rental] = [least(at(item, 'sale_price_real')), least(at(item, 'rental_price_real'))]
  return ofTheList(page).operacion === 'renta' ? (rental ?? sale) : (sale ?? rental)
}

function placed(item: Json, axis: 'latitude' | 'longitude'): number | undefined {
  return at(item, 'valid_coords') === false ? undefined : degrees(at(item, axis))
}

function published(item: Json, page: Page): string | undefined {
  return day(at(item, 'published'), page.fetched) ?? daysAgo(at(item, 'days_ago'), page.fetched)
}
