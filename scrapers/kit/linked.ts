import { isOfType, jsonLd } from './embedded.ts'
import type { Fields } from './fields.ts'
import { at, find, firstAt, isObject, list, type Json } from './json.ts'
import { areaOf, degrees, span, splitBathrooms } from './measure.ts'
import { asking, currency } from './money.ts'
import { day } from './dates.ts'
import { link } from './page.ts'
import { placeOfAddress, wholeAddress } from './place.ts'
import { identifier, prose, text } from './text.ts'

/**
 * How a schema.org listing fills the columns: a RealEstateListing, or the dwelling that one offers
 * (source: sites.md; both shapes are met on one page).
 */
export const LINKED: Fields = {
  id: [keyInAddress, 'url', '@id'],
  url: [link, 'url', '@id'],
  nombre: [prose, 'name'],
  descripcion: [prose, 'description'],
  precio: [asking, 'offers.price', 'offers.0.price', 'offers.lowPrice'],
  desde: [(low) => (asking(low) === undefined ? undefined : 'sí'), 'offers.lowPrice'],
  moneda: [currency, 'offers.priceCurrency', 'offers.0.priceCurrency'],
  habitaciones: [span, ...ofDwelling('numberOfBedrooms', 'numberOfRooms')],
  baños: [
    (value) => splitBathrooms(span(value)).full,
    ...ofDwelling('numberOfBathroomsTotal', 'numberOfFullBathrooms'),
  ],
  medios_baños: [
    (item) =>
      span(firstAt(item, ...ofDwelling('numberOfPartialBathrooms'))) ??
      splitBathrooms(span(firstAt(item, ...ofDwelling('numberOfBathroomsTotal')))).half,
    '',
  ],
  estacionamientos: [span, ...ofDwelling('numberOfParkingSpaces')],
  ubicacion: [
    (item) => wholeAddress(addressPart(item, 'streetAddress'), addressPart(item, 'addressLocality')),
    '',
  ],
  // schema.org has no name for it: it stands in the street address, if that is a whole one.
  colonia: [
    (item) =>
      placeOfAddress(addressPart(item, 'streetAddress'), addressPart(item, 'addressLocality')).colonia,
    '',
  ],
  municipio: [text, ...ofDwelling('address.addressLocality')],
  latitud: [degrees, ...ofDwelling('geo.latitude')],
  longitud: [degrees, ...ofDwelling('geo.longitude')],
  fecha_publicacion: [(value, page) => day(value, page.fetched), 'datePosted'],
}

/** What a schema.org floorSize is on most portals; where it is the plot, a site says so itself. */
export const BUILT_AREA: Fields = { construccion: [areaOf, ...ofDwelling('floorSize')] }

/** The listings of the first list on a page: a second one recommends what is elsewhere. Undefined without a list. */
export function firstItems(html: string): Json[] | undefined {
  const nodes = jsonLd(html)
  const isList = (node: Json) => isOfType(node, 'ItemList')
  const page = nodes.find((node) => isObject(node) && 'mainEntity' in node)
  const main = list(at(page, 'mainEntity'))[0] ?? at(page, 'mainEntity')
  const items = isList(main) ? main : nodes.find(isList)
  if (items === undefined) return undefined
  return list(at(items, 'itemListElement'))
    .map((element) => at(element, 'item') ?? element)
    .filter((item) => isObject(item) && typeof firstAt(item, 'url', '@id') === 'string')
}

/** The one listing that a page is of; what it says of the portal, and of the way to the page, is none. */
export function firstListing(html: string): Json {
  const nodes = jsonLd(html).filter((node) => isObject(node) && !isOfType(node, 'BreadcrumbList'))
  const isListing = (each: Record<string, Json>) =>
    'offers' in each || 'floorSize' in each || 'numberOfBedrooms' in each
  for (const node of nodes) {
    const main = list(at(node, 'mainEntity'))[0] ?? at(node, 'mainEntity') ?? node
    const listing = isOfType(main, 'ItemList') ? undefined : find(main, isListing)
    if (listing !== undefined) return listing
  }
  return undefined
}

/**
 * The key in an address: all that follows `/detalle/` or `/desarrollo/`, or what the last segment ends with, be it a number
 * (`/propiedad/casa-en-venta-60000001`, `/clasificado/casa-1.html`) or groups of hexadecimal digits. Never a part of a group or of
 * several: two keys may end with the same digits.
 */
export function keyInAddress(url: unknown): string | undefined {
  const path = URL.parse(text(url) ?? '', 'https://portal.invalid')?.pathname ?? ''
  const whole = /\/(?:detalle|desarrollo)\/([\w-]{1,64})\/?$/.exec(path)?.[1]
  return identifier(whole ?? keyAtEnd(/([^/]*?)(?:\.html?)?\/?$/.exec(path)?.[1] ?? ''))
}

/** Four hexadecimal digits and more, of both kinds: hardly a word, hardly a number. */
const HEX_GROUP = /^(?=.*\d)(?=.*[a-f])[\da-f]{4,}$/i

function keyAtEnd(segment: string): string | undefined {
  const parts = segment.split('-')
  // Within groups of a key one may be of letters alone.
  const start = parts.findLastIndex((part) => !/\d/.test(part) && !/^[a-f]{4,}$/i.test(part)) + 1
  const groups = parts.slice(start)
  const first = groups.findIndex((part) => /\d/.test(part))
  const last = groups.at(-1) ?? ''
  if (first === -1 || !/\d|^[a-f]{4,}$/i.test(last)) return undefined
  const isNumber = /^\d+$/.test(last) && !groups.some((part) => HEX_GROUP.test(part))
  return isNumber ? last : groups.slice(first).join('-')
}

function ofDwelling(...paths: string[]): string[] {
  return paths.flatMap((path) => [path, `offers.itemOffered.${path}`, `itemOffered.${path}`])
}

function addressPart(item: Json, name: string): Json {
  return firstAt(item, ...ofDwelling(`address.${name}`))
}
