import { firstText, load, texts, type Select } from './kit/css.ts'
import { day } from './kit/dates.ts'
import { scrapeDetails } from './kit/detail.ts'
import { given, rowOf, type Fields } from './kit/fields.ts'
import { at, list, type Json } from './kit/json.ts'
import { BUILT_AREA, firstListing, keyInAddress, LINKED } from './kit/linked.ts'
import { areaOf, degrees, shownCount, span, splitBathrooms } from './kit/measure.ts'
import { price } from './kit/money.ts'
import { operation } from './kit/operation.ts'
import type { Page } from './kit/page.ts'
import { placeOfAddress } from './kit/place.ts'
import type { Row } from './kit/site.ts'
import { prose, text } from './kit/text.ts'
import { title } from './kit/title.ts'
import type { ListingColumn } from './kit/listing.ts'

const MORE = [
  'año_construccion',
  'estado',
  'planta',
  'anunciante',
  'facilidades_propiedad',
  'facilidades_edificio',
] as const
type Document = ReturnType<typeof load>
type Column = ListingColumn | (typeof MORE)[number]

const LISTING: Fields<Column> = {
  ...LINKED,
  ...BUILT_AREA,
  nombre: [title, 'name'],
  año_construccion: [span, 'yearBuilt'],
  facilidades_propiedad: [(item) => amenities(item), ''],
}

/** What the page recommends beside the listing, with values of the same names. */
const OTHERS = '.snippet, .v3-property-card, [data-test="normal-listing"], [data-test="serp-project"]'
/** What no other page of the portal has beside a heading. */
const SIGNS =
  '.prices-and-fees__price, .features-component__row, #description-text, [data-test$="-area-value"], [data-test="area-value"], [data-test="bedrooms-value"]'

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
  if (listing === undefined) return undefined
  const linked = given(rowOf(LISTING, listing, page))
  const shown = fromDocument(page)
  // A price is taken whole from one of the two.
  const asked = linked.precio === undefined ? {} : { moneda: linked.moneda, desde: linked.desde }
  return { ...shown, ...linked, ...asked }
}

function fromDocument(page: Page): Row<Column> | undefined {
  const $ = load(page.html)
  $(OTHERS).remove()
  const nombre = title(firstText($, 'h1'))
  const asked = price(firstText($, '.prices-and-fees__price', '[class*="price"]'))
  if (!nombre || (asked.precio === undefined && $(SIGNS).length === 0)) return undefined
  const ubicacion = firstText(
    $,
    '.location-map__location-address',
    '.location-map__location-address-map',
    '.view-map__text',
    '[class*="location"]',
  )
  const [when, ...publisher] = firstText($, '.date')?.split(' - ') ?? []
  return {
    ...asked,
    ...measures($),
    ...placeOfAddress(ubicacion),
    ...placed(page.source),
    id: keyInAddress(page.url.href),
    nombre,
    descripcion: prose(firstText($, '#description-text', '[class*="description"]')),
    ubicacion,
    fecha_publicacion: day(when, page.fetched),
    anunciante: prose(
      firstText($, '[class*="agency__name"], [class*="publisher"]') ??
        publisher.join(' - ').replace(/^\s*publicado por\s*/i, ''),
    ),
    telefono: text($('a[href^="tel:"]').attr('href')?.slice('tel:'.length)),
    facilidades_propiedad: prose(facilities($, false) ?? texts($, '#property-facilities li').join('; ')),
    facilidades_edificio: prose(facilities($, true) ?? texts($, '#building-facilities li').join('; ')),
  }
}

/** Each by the name of its element, else by its label in the rows of features. */
function measures($: Document): Row<Column> {
  const rows = features($)
  const value = (label: RegExp, ...names: string[]) =>
    firstText($, ...names.map((name) => `[data-test="${name}-value"]`)) ??
    rows.find(([each]) => label.test(each))?.[1]
  const count = (label: RegExp, ...names: string[]) => shownCount(value(label, ...names))
  const baths = splitBathrooms(count(/^ba[ñn]os/i, 'full-bathrooms'))
  return {
    tipo: value(/^tipo de (?:propiedad|inmueble|vivienda)/i, 'property-type'),
    operacion: operation(value(/^(?:tipo de )?operaci[oó]n/i, 'operation-type')),
    habitaciones: count(/^(?:rec[aá]maras|habitaciones|dormitorios)/i, 'bedrooms'),
    baños: baths.full,
    medios_baños: count(/^(?:medios?|1\/2) ba[ñn]os?/i, 'half-bathrooms') ?? baths.half,
    estacionamientos: count(/^(?:estacionamiento|cochera)/i, 'parking-spaces', 'car-spaces'),
    superficie: areaOf(value(/terreno|de lote/i, 'plot-area')),
    construccion: areaOf(
      value(/^(?:[aá]rea|superficie|m²|metros) (?:constru|de construc)/i, 'floor-area', 'area'),
    ),
    año_construccion: count(/^a[ñn]o de construcci[oó]n/i, 'construction-year', 'year-built'),
    estado: value(/^(?:condici[oó]n|estado)/i, 'condition'),
    planta: value(/^(?:planta|piso|nivel)/i, 'floor'),
  }
}

/** Labels and values of the rows of features. */
function features($: Document): (readonly [label: string, value: string])[] {
  return $('.features-component__row')
    .toArray()
    .flatMap((row) => {
      const labels = texts((selector) => $(row).find(selector), '[class*="label"]')
      const values = texts((selector) => $(row).find(selector), '[class*="value"]')
      if (labels.length > 0 && labels.length === values.length) {
        return labels.map((label, index) => [label, values[index] ?? ''] as const)
      }
      const leaves = $(row)
        .find('*')
        .toArray()
        .filter((each) => $(each).children().length === 0)
      return pairs(leaves.flatMap((each) => text($(each).text()) ?? []))
    })
}

function pairs(cells: readonly string[]): (readonly [string, string])[] {
  return cells.flatMap((cell, index) => (index % 2 === 0 ? [[cell, cells[index + 1] ?? ''] as const] : []))
}

/** What the property has, or what the building has, by the title of each box; undefined without such boxes. */
function facilities($: Document, ofBuilding: boolean): string | undefined {
  const boxes = $('.facilities__options')
    .toArray()
    .filter((each) => {
      const heading =
        $(each).closest('.facilities').find('.facilities__title').text() || $(each).prev().text()
      return /edificio|desarrollo|comunes/i.test(heading) === ofBuilding
    })
  const names = boxes.flatMap((box) => {
    const select: Select = (selector) => $(box).find(selector)
    const items = texts(select, 'li')
    return items.length > 0 ? items : texts(select, 'span')
  })
  return names.join('; ') || undefined
}

/** The script of the map. The page's `ICBM` is not of the listing. */
function placed(html: string) {
  const start = html.indexOf('adLocationData')
  const script = start === -1 ? '' : html.slice(start, start + 4000)
  const axis = (names: string) =>
    new RegExp(String.raw`\b(?:${names})["'\s:=\\]{1,8}(-?\d{1,3}\.\d+)`, 'i').exec(script)?.[1]
  return { latitud: degrees(axis('latitude|lat')), longitud: degrees(axis('longitude|lng|lon')) }
}

function amenities(item: Json): string | undefined {
  const names = list(at(item, 'amenityFeature')).map((each) => text(at(each, 'name')) ?? '')
  return names.filter(Boolean).join('; ') || undefined
}
