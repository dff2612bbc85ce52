import { firstText, load, texts } from './kit/css.ts'
import { day } from './kit/dates.ts'
import { scrapeDetails } from './kit/detail.ts'
import { given, rowOf, type Fields } from './kit/fields.ts'
import { at, list, type Json } from './kit/json.ts'
import { BUILT_AREA, firstListing, keyInAddress, LINKED } from './kit/linked.ts'
import { areaOf, degrees, span } from './kit/measure.ts'
import { price } from './kit/money.ts'
import { operation } from './kit/operation.ts'
import type { Page } from './kit/page.ts'
import type { Row } from './kit/site.ts'
import { prose, text } from './kit/text.ts'
import type { ListingColumn } from './kit/listing.ts'

const MORE = [
  'año_construccion',
  'estado',
  'planta',
  'anunciante',
  'facilidades_propiedad',
  'facilidades_edificio',
] as const
type Column = ListingColumn | (typeof MORE)[number]

const LISTING: Fields<Column> = {
  ...LINKED,
  ...BUILT_AREA,
  año_construccion: [span, 'yearBuilt'],
  facilidades_propiedad: [(item) => amenities(item), ''],
}

/** A listing of Lamudi (source: sites.md, Lam): JSON-LD of the first entity, the rest from what the page shows. */
await scrapeDetails({
  more: MORE,
  earlier: {
    metros_cuadrados: 'construccion',
    superficie_construida: 'construccion',
    tipo_vivienda: 'tipo',
    tipo_operacion: 'operacion',
  },
  lists: /\/for-(?:sale|rent)\//,
  strategies: [
    { name: 'json_ld', read: linkedData },
    { name: 'dom', read: fromDocument },
  ],
  browser: false,
})

function linkedData(page: Page): Row<Column> | undefined {
  const listing = firstListing(page.source)
  return listing === undefined
    ? undefined
    : { ...fromDocument(page), ...given(rowOf(LISTING, listing, page)) }
}

function fromDocument(page: Page): Row<Column> | undefined {
  const $ = load(page.html)
  const value = (name: string) => firstText($, `[data-test="${name}-value"]`)
  const nombre = prose(firstText($, 'h1'))
  const [latitud, longitud] = ($('meta[name="ICBM"]').attr('content') ?? '').split(/[,;]/)
  const asked = price(firstText($, '.prices-and-fees__price', '[class*="price"]'))
  if (!nombre || (asked.precio === undefined && !value('floor-area') && !latitud)) return undefined
  return {
    ...asked,
    id: keyInAddress(page.url.href),
    nombre,
    descripcion: prose(firstText($, '#description-text', '[class*="description"]')),
    ubicacion: firstText($, '[class*="location"]'),
    tipo: value('property-type'),
    operacion: operation(value('operation-type')),
    habitaciones: span(value('bedrooms')),
    baños: span(value('full-bathrooms')),
    medios_baños: span(value('half-bathrooms')),
    estacionamientos: span(value('car-spaces')),
    superficie: areaOf(value('plot-area')),
    construccion: areaOf(value('floor-area')),
    año_construccion: span(value('year-built')),
    estado: value('condition'),
    planta: value('floor'),
    latitud: degrees(latitud),
    longitud: degrees(longitud),
    fecha_publicacion: day(firstText($, 'div.date'), page.fetched),
    anunciante: prose(firstText($, '[class*="agency__name"], [class*="publisher"]')),
    telefono: text($('a[href^="tel:"]').attr('href')?.slice('tel:'.length)),
    facilidades_propiedad: prose(texts($, '#property-facilities li').join('; ')),
    facilidades_edificio: prose(texts($, '#building-facilities li').join('; ')),
  }
}

function amenities(item: Json): string | undefined {
  const names = list(at(item, 'amenityFeature')).map((each) => text(at(each, 'name')) ?? '')
  return names.filter(Boolean).join('; ') || undefined
}
