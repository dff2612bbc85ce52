import { day } from './dates.ts'
import { assigned, inlineValue } from './embedded.ts'
import { at, firstAt, isObject, list, type Json } from './json.ts'
import { keyInAddress } from './linked.ts'
import { degrees, encodedDegrees } from './measure.ts'
import { price } from './money.ts'
import { askedFor, measures, ofPostingType, operationOf, placeOfChain, shownPrice } from './navent.ts'
import type { Operation } from './operation.ts'
import type { Page } from './page.ts'
import { identifier, joined, prose, text } from './text.ts'
import { title } from './title.ts'

/** The path of a list, not of a listing. */
export const OF_A_LIST = /^\/(?!propiedades\/).*-en-(?:venta|renta)(?=[-.]|$)/

/** What the scripts of a listing's page hold; undefined where they name none. */
export function fromScripts(page: Page) {
  const { source, fetched } = page
  const notice = assigned(source, 'avisoInfo')
  const key = keyInAddress(page.url.href)
  const isNamed =
    key !== undefined && identifier(inlineValue(source, 'postingId')) !== undefined && source.includes(key)
  const id =
    identifier(at(notice, 'idAviso')) ?? (isNamed ? key : identifier(inlineValue(source, 'postingId')))
  // A list's page holds its postings' keys too.
  if (!id || /"listPostings"/.test(source)) return undefined
  const features = assigned(source, 'mainFeatures') ?? at(notice, 'mainFeatures')
  const asked = askedIn(page, notice)
  const street = text(at(notice, 'address.name'))
  const place = placeOfChain(firstAt(notice, 'location', 'postingLocation.location'))
  const { colonia, municipio } = place
  return {
    ...asked,
    ...measures(features),
    ...place,
    ...coordinates(source, notice),
    id,
    tipo: text(at(notice, 'realEstateType.name')),
    desde: ofPostingType(asked, at(notice, 'postingType')),
    nombre: title(firstAt(notice, 'title', 'postingTitle'), street, colonia, municipio),
    descripcion: prose(at(notice, 'description')),
    ubicacion: colonia || municipio ? joined(...new Set([street, colonia, municipio])) : undefined,
    mantenimiento: price(text(firstAt(notice, 'expenses.amount', 'expenses'))).precio,
    anunciante: prose(at(notice, 'publisher.name')) ?? prose(at(assigned(source, 'publisher'), 'name')),
    codigo_anunciante: identifier(at(notice, 'postingCode')),
    antiguedad_icon: ageOf(at(features, 'CFT5.value')),
    caracteristicas: featuresOf(at(notice, 'generalFeatures')),
    fecha_publicacion: day(firstAt(notice, 'publicationDateFormatted', 'publicationDate'), fetched),
  }
}

/**
 * What is asked for the operation that the listing was listed for: that of the task's list, else of the listing's address
 * (`/veclcain-…`: a sale), else what the page itself is of.
 */
function askedIn({ url, source }: Page, notice: Json) {
  const wanted = listedFor(url) ?? operationOf(at(assigned(source, 'dataLayerInfo'), 'operationTypeId'))
  const offers = list(at(notice, 'pricesData'))
  const asked = askedFor(offers, wanted)
  if (asked.precio !== undefined || offers.length > 1) return asked
  const shown = shownPrice(
    at(notice, 'price') ?? inlineValue(source, 'price'),
    inlineValue(source, 'currencyId'),
  )
  return {
    ...shown,
    operacion: asked.operacion ?? wanted ?? operationOf(inlineValue(source, 'operationTypeId')),
  }
}

/** As the engine's codes of operations begin: `Ven-r`. */
const TASKS: Readonly<Record<string, Operation>> = { ven: 'venta', ren: 'renta' }

/** The operation that the address of the task's list names, else that of the listing, else the task's own. */
export function listedFor(listing: URL): Operation | undefined {
  const { SCRAPER_INPUT_URL: address = '', SCRAPER_OPERATION_CODE: code = '' } = process.env
  const ofList = operationOf(OF_A_LIST.exec(URL.parse(address)?.pathname ?? '')?.[0])
  const kind = /\/(ve|al)cl[a-z]{2}in-/.exec(listing.pathname)?.[1]
  if (ofList || kind) return ofList ?? (kind === 've' ? 'venta' : 'renta')
  return TASKS[code.slice(0, 3).toLowerCase()]
}

/** Degrees, of which the page holds the base64. */
function coordinates(source: string, notice: Json) {
  const place = firstAt(notice, 'postingGeolocation.geolocation', 'geolocation')
  const latitud =
    encodedDegrees(inlineValue(source, 'mapLatOf')) ??
    degrees(at(place, 'latitude') ?? inlineValue(source, 'latitude'))
  const longitud =
    encodedDegrees(inlineValue(source, 'mapLngOf')) ??
    degrees(at(place, 'longitude') ?? inlineValue(source, 'longitude'))
  return latitud === undefined || longitud === undefined
    ? {}
    : { latitud, longitud, ubicacion_url: `geo:${latitud},${longitud}` }
}

/** As the page shows it: "40 años". */
function ageOf(value: Json): string | undefined {
  const written = text(value)
  return written && /^\d+$/.test(written) ? ageInWords(Number(written)) : written
}

function ageInWords(years: number): string | undefined {
  return years > 0 ? `${years} ${years === 1 ? 'año' : 'años'}` : undefined
}

/** Labels of `{"Ambientes": {"1": {"label": "Cocina"}, "2": {"label": "Plantas", "value": "2"}}}`. */
function featuresOf(groups: Json): string | undefined {
  const features = Object.values(isObject(groups) ? groups : {}).flatMap((group) =>
    Object.values(isObject(group) ? group : {}),
  )
  const labels = features.flatMap((feature) => {
    const label = prose(at(feature, 'label'))
    const value = text(at(feature, 'value')) ?? ''
    return label ? [/^(?:|[01]|true|s[ií])$/i.test(value) ? label : `${label}: ${value}`] : []
  })
  return [...new Set(labels)].join('; ') || undefined
}
