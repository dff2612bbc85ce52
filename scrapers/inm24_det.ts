import { day } from './kit/dates.ts'
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
  more: [
    ...(['area_m2', 'mantenimiento', 'ubicacion_url', 'anunciante', 'codigo_anunciante'] as const),
    ...(['tiempo_publicacion', 'antiguedad_icon', 'caracteristicas'] as const),
  ],
  earlier: {
    tipo_propiedad: 'tipo',
    recamaras: 'habitaciones',
    direccion: 'ubicacion',
    titulo: 'nombre',
    codigo_inmuebles24: 'id',
    area_total: 'superficie',
    area_cubierta: 'construccion',
    banos_icon: 'baños',
    estacionamientos_icon: 'estacionamientos',
    recamaras_icon: 'habitaciones',
    medio_banos_icon: 'medios_baños',
  },
  path: /^\/propiedades\/clasificado\//,
  strategies: [
    { name: 'dom', read: fromDocument },
    { name: 'scripts', read: fromScripts },
  ],
  challenge: /cf-challenge|verifica que eres humano/i,
  browser: true,
})

function fromDocument(page: Page) {
  const $ = load(page.html)
  const descripcion = prose(firstText($, '#longDescription'))
  const heading = firstText($, '.title-type-sup-property', 'h2') ?? ''
  const codes = firstText($, '#reactPublisherCodes') ?? ''
  const asked = price(firstText($, '.price-value', '.price-items'))
  if (!descripcion && !codes) return undefined
  const scripts = fromScripts(page)
  return {
    ...scripts,
    ...(asked.precio && asked),
    ...measures($, heading),
    id: identifier(/inmuebles24:?\s*([\w-]+)/i.exec(codes)?.[1]) ?? scripts?.id,
    tipo: text(heading.split('·')[0]),
    area_m2: before('m(?:²|2)', heading),
    mantenimiento: price(firstText($, '.price-expenses')).precio,
    ubicacion: firstText($, '.section-location-property h4', '.section-location-property'),
    nombre: prose(firstText($, 'h1.title-property', 'h1')),
    descripcion,
    codigo_anunciante: identifier(/anunciante:?\s*([\w-]+)/i.exec(codes)?.[1]),
    tiempo_publicacion: firstText($, '#user-views'),
    fecha_publicacion: day(firstText($, '#user-views'), page.fetched),
    caracteristicas: prose(texts($, '#reactGeneralFeatures button').join('; ')),
    telefono: text($('a[href^="tel:"]').attr('href')?.slice('tel:'.length)),
    correo: text($('a[href^="mailto:"]').attr('href')?.slice('mailto:'.length)),
  }
}

/** What the icons say; the heading where an icon is missing. */
function measures($: Select, heading: string) {
  const icon = (name: string) => firstText($, `li:has(.icon-${name})`, `.icon-${name}`) ?? ''
  const { full, half } = bathrooms(icon('bano'))
  return {
    superficie: area('', icon('stotal')),
    construccion: area('', icon('scubierta')),
    baños: full,
    medios_baños: half ?? before('medio', icon('toilete')),
    habitaciones: before('', icon('dormitorio')) ?? before('rec|dorm', heading),
    estacionamientos: before('', icon('cochera')) ?? before('estac|coch', heading),
    antiguedad_icon: text(icon('antiguedad')),
  }
}

function fromScripts({ source }: Page) {
  const id = identifier(inlineValue(source, 'postingId'))
  if (!id) return undefined
  const latitud = degrees(inlineValue(source, 'latitude'))
  const longitud = degrees(inlineValue(source, 'longitude'))
  return {
    id,
    precio: least(inlineValue(source, 'price')),
    moneda: CURRENCIES[inlineValue(source, 'currencyId') ?? ''],
    operacion: OPERATIONS[inlineValue(source, 'operationTypeId') ?? ''],
    anunciante: prose(inlineValue(source, 'publisherName')),
    latitud,
    longitud,
    ubicacion_url: latitud && longitud ? `geo:${latitud},${longitud}` : undefined,
  }
}
