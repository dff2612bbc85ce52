import { firstText, load, texts, type Select } from './kit/css.ts'
import { scrapeDetails } from './kit/detail.ts'
import { inlineValue } from './kit/embedded.ts'
import { area, bathrooms, before, degrees, least } from './kit/measure.ts'
import { price } from './kit/money.ts'
import type { Page } from './kit/page.ts'
import { identifier, prose, text } from './kit/text.ts'

/** How the portal's scripts number currencies. */
const CURRENCIES: Readonly<Record<string, string>> = { 1: 'USD', 10: 'MXN' }
const OPERATIONS: Readonly<Record<string, string>> = { 1: 'venta', 2: 'renta' }

/**
 * A listing of Inmuebles24 (source: sites.md, Inm24). The earlier scraper made a column of each feature that a
 * listing happened to have; here they stand together in `caracteristicas`, so that all files have the same columns.
 */
await scrapeDetails({
  columns: [
    ...(['tipo_propiedad', 'area_m2', 'recamaras', 'estacionamientos', 'operacion', 'precio'] as const),
    ...(['mantenimiento', 'direccion', 'ubicacion_url', 'titulo', 'descripcion', 'anunciante'] as const),
    ...(['codigo_anunciante', 'codigo_inmuebles24', 'tiempo_publicacion', 'area_total'] as const),
    ...(['area_cubierta', 'banos_icon', 'estacionamientos_icon', 'recamaras_icon'] as const),
    ...(['medio_banos_icon', 'antiguedad_icon', 'caracteristicas'] as const),
    ...(['id', 'url', 'moneda', 'latitud', 'longitud'] as const),
  ],
  path: /^\/propiedades\/clasificado\//,
  strategies: [
    { name: 'dom', read: fromDocument },
    { name: 'scripts', read: fromScripts },
  ],
  challenge: /cf-challenge|verifica que eres humano/i,
})

function fromDocument(page: Page) {
  const $ = load(page.html)
  const descripcion = prose(firstText($, '#longDescription'))
  const heading = firstText($, '.title-type-sup-property', 'h2') ?? ''
  const codes = firstText($, '#reactPublisherCodes') ?? ''
  const asked = price(firstText($, '.price-value', '.price-items'))
  if (!descripcion && !codes) return undefined
  return {
    ...fromScripts(page),
    ...(asked.precio && { precio: asked.precio, moneda: asked.moneda }),
    ...icons($),
    tipo_propiedad: text(heading.split('·')[0]),
    area_m2: before('m(?:²|2)', heading),
    recamaras: before('rec|dorm', heading),
    estacionamientos: before('estac|coch', heading),
    mantenimiento: price(firstText($, '.price-expenses')).precio,
    direccion: firstText($, '.section-location-property h4', '.section-location-property'),
    titulo: prose(firstText($, 'h1.title-property', 'h1')),
    descripcion,
    codigo_anunciante: identifier(/anunciante:?\s*([\w-]+)/i.exec(codes)?.[1]),
    codigo_inmuebles24: identifier(/inmuebles24:?\s*([\w-]+)/i.exec(codes)?.[1]),
    tiempo_publicacion: firstText($, '#user-views'),
    caracteristicas: prose(texts($, '#reactGeneralFeatures button').join('; ')),
  }
}

function icons($: Select) {
  const icon = (name: string) => firstText($, `li:has(.icon-${name})`, `.icon-${name}`) ?? ''
  const { full, half } = bathrooms(icon('bano'))
  return {
    area_total: area('', icon('stotal')),
    area_cubierta: area('', icon('scubierta')),
    banos_icon: full,
    medio_banos_icon: half ?? before('medio', icon('toilete')),
    recamaras_icon: before('', icon('dormitorio')),
    estacionamientos_icon: before('', icon('cochera')),
    antiguedad_icon: text(icon('antiguedad')),
  }
}

function fromScripts({ html }: Page) {
  const id = identifier(inlineValue(html, 'postingId'))
  if (!id) return undefined
  const latitud = degrees(inlineValue(html, 'latitude'))
  const longitud = degrees(inlineValue(html, 'longitude'))
  return {
    id,
    precio: least(inlineValue(html, 'price')),
    moneda: CURRENCIES[inlineValue(html, 'currencyId') ?? ''],
    operacion: OPERATIONS[inlineValue(html, 'operationTypeId') ?? ''],
    anunciante: prose(inlineValue(html, 'publisherName')),
    latitud,
    longitud,
    ubicacion_url: latitud && longitud ? `geo:${latitud},${longitud}` : undefined,
  }
}
