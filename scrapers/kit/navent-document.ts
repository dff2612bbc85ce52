import { firstText, load, texts, type Select } from './css.ts'
import { day } from './dates.ts'
import { keyInAddress } from './linked.ts'
import { area, bathrooms, before } from './measure.ts'
import { price } from './money.ts'
import { operationOf, placeOnCard } from './navent.ts'
import { listedFor } from './navent-scripts.ts'
import type { Page } from './page.ts'
import { placeOfAddress, type Place } from './place.ts'
import { identifier, prose, text } from './text.ts'
import { title } from './title.ts'

const NOTICE =
  /\b(?:aviso|anuncio|propiedad|inmueble|publicaci[oó]n)\b.{0,60}?\b(?:no (?:est[aá]|se encuentra) (?:m[aá]s )?(?:disponible|publicad|activ)|(?:fue|ha sido) (?:dad[oa] de baja|eliminad|finalizad|retirad)|finaliz[oó]|expir[oó]|no existe)/i

/** Whether the page says that the advertiser has taken the listing back. */
export function isGone(page: Page): boolean {
  const says = firstText(
    load(page.html),
    'h1',
    '[class*="finished" i], [class*="unavailable" i], [class*="offline" i]',
  )
  return NOTICE.test(says ?? '')
}

/** What a listing's page shows; undefined where it shows none. Before its scripts have run, some of it is empty. */
export function fromDocument(page: Page) {
  const $ = load(page.html)
  const heading = firstText($, '.title-type-sup-property') ?? ''
  const descripcion = prose(firstText($, '#longDescription'))
  const codes = firstText($, '#reactPublisherCodes') ?? ''
  const name = firstText($, 'h1.title-property')
  if (!heading && !descripcion && !codes && !name) return undefined
  const ubicacion = firstText($, '.section-location-property h4', '.section-location-property')
  const seen = firstText($, '#user-views', '[class*="antiquity-views"]')
  return {
    ...askedInText(texts($, '.price-value').join(' ') || (firstText($, '.price-items') ?? ''), page.url),
    ...measuresShown($, heading),
    ...placeIn(ubicacion),
    id: identifier(/inmuebles24:?\s*([\w-]+)/i.exec(codes)?.[1]) ?? keyInAddress(page.url.href),
    tipo: text(heading.split('·')[0]),
    area_m2: before('m(?:²|2)', heading),
    mantenimiento: price(firstText($, '.price-expenses')).precio,
    ubicacion,
    nombre: title(name ?? firstText($, 'h1'), ubicacion),
    descripcion,
    codigo_anunciante: identifier(/anunciante:?\s*([\w-]+)/i.exec(codes)?.[1]),
    tiempo_publicacion: seen,
    fecha_publicacion: day(seen, page.fetched),
    caracteristicas: prose(texts($, '#reactGeneralFeatures button').join('; ')),
    telefono: text($('a[href^="tel:"]').attr('href')?.slice('tel:'.length)),
    correo: text($('a[href^="mailto:"]').attr('href')?.slice('mailto:'.length)),
  }
}

/** The price for the operation that the listing was listed for, of "venta MN 13,850,000 renta MN 95,000". */
function askedInText(written: string, url: URL) {
  const offers = written
    .split(/(?=\b(?:venta|renta|alquiler)\b)/i)
    .map((offer) => ({ ...price(offer), operacion: operationOf(offer) }))
    .filter(({ precio }) => precio !== undefined)
  const wanted = listedFor(url)
  return offers.length === 1 ? offers[0] : offers.find(({ operacion }) => operacion === wanted)
}

/** Of a place that may begin with a street: "Av. Patria 100, Puerta de Hierro, Zapopan". */
function placeIn(written: string | undefined): Place {
  const { colonia, municipio } = placeOnCard(written)
  const first = /\d$/.test(colonia ?? '') ? undefined : colonia
  return { colonia: placeOfAddress(written, municipio).colonia ?? first, municipio }
}

/** What the icons say; the heading where an icon is missing. */
function measuresShown($: Select, heading: string) {
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
