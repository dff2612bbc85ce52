import { at, isObject, list, type Json } from './json.ts'
import { areaOf, before, span, type Span } from './measure.ts'
import { asking, currency, price, type Price } from './money.ts'
import { operations, type Operation } from './operation.ts'
import type { Page } from './page.ts'
import { placeOfColony, type Place } from './place.ts'
import { text } from './text.ts'

// What Navent's portals share, in lists and in pages of listings (source: sites.md, Inm24).

/** What a list's address says of every listing in it: `/casas-en-venta-en-zapopan.html`. */
export function ofTheList({ url }: Page): { tipo: string | undefined; operacion: Operation | undefined } {
  const [, tipo, operation] = /^\/([^/]+?)-en-(venta|renta)(?=[-.]|$)/.exec(url.pathname) ?? []
  return { tipo, operacion: operationOf(operation) }
}

const NOTHING: Price = { precio: undefined, moneda: undefined, desde: undefined }
/** How the portal's scripts number currencies. */
const CURRENCIES: Readonly<Record<string, string>> = { 1: 'USD', 10: 'MXN' }
const OPERATIONS: Readonly<Record<string, Operation>> = { 1: 'venta', 2: 'renta' }

/**
 * The operation that a list's address, an operation's name or number means; undefined for "Temporal/Vacacional", which is
 * asked by the night and must not pass for the rent of a month beside it.
 */
export function operationOf(value: unknown): Operation | undefined {
  const written = text(value) ?? ''
  return /temporal|vacacional/i.test(written) ? undefined : (operations(written)[0] ?? OPERATIONS[written])
}

/**
 * What is asked for a listing by each operation that it is offered for; a listing may be for sale and for rent.
 * @param offers `priceOperationTypes` of a list's posting, `pricesData` of a listing's page
 * @param wanted what the list is of; of several offers none is taken without it
 */
export function askedFor(offers: Json, wanted: Operation | undefined): Price & { operacion?: Operation } {
  const all = list(offers).map((offer) => ({
    operation:
      operationOf(at(offer, 'operationType.name')) ?? operationOf(at(offer, 'operationType.operationTypeId')),
    prices: list(at(offer, 'prices')).filter((each) => asking(at(each, 'amount')) !== undefined),
  }))
  const priced = all.filter(({ prices }) => prices.length > 0)
  const named = new Set(priced.map(({ operation }) => operation))
  const operation = named.size === 1 ? [...named][0] : wanted
  const fitting = priced.filter((each) => each.operation === operation).flatMap(({ prices }) => prices)
  return { ...leastOf(fitting), ...(operation && { operacion: operation }) }
}

/** The least of several prices in the currency of the first. */
function leastOf(prices: readonly Json[]): Price {
  const asked = prices.map((each) => ({ amount: asking(at(each, 'amount')) ?? 0, moneda: currencyOf(each) }))
  const moneda = asked[0]?.moneda
  const amounts = asked.filter((each) => each.moneda === moneda).map(({ amount }) => amount)
  if (amounts.length === 0) return NOTHING
  return { precio: Math.min(...amounts), moneda, desde: new Set(amounts).size > 1 ? 'sí' : undefined }
}

function currencyOf(of: Json): Price['moneda'] {
  const { isoCode, currency: named, currencyId } = isObject(of) ? of : {}
  return currency(isoCode) ?? currency(named) ?? CURRENCIES[text(currencyId) ?? '']
}

/** A price that the page shows: "MN 11,500,000", by the number of its currency where it is bare. */
export function shownPrice(written: unknown, currencyId: unknown): Price {
  const shown = price(written)
  const numbered = CURRENCIES[text(currencyId) ?? '']
  return /^[\d.,\s]+$/.test(text(written) ?? '') && numbered ? { ...shown, moneda: numbered } : shown
}

/** `price` of a development is the least of its units'. */
export function ofPostingType(asked: Price, postingType: unknown): Price['desde'] {
  return asked.precio !== undefined && postingType === 'DEVELOPMENT' ? 'sí' : asked.desde
}

/** Colonia and municipality of a chain of places, each in its `parent`: ZONA, CIUDAD, PROVINCIA. */
export function placeOfChain(location: Json): Place {
  const place: Place = { colonia: undefined, municipio: undefined }
  let here = location
  for (let depth = 0; isObject(here) && depth < 8; depth += 1) {
    const name = text(here['name'])
    if (here['label'] === 'ZONA') place.colonia ??= name
    if (here['label'] === 'CIUDAD') place.municipio ??= name
    here = here['parent']
  }
  return place
}

/** What the portal counts of a listing. @param mainFeatures by the portal's codes */
export function measures(mainFeatures: Json) {
  return {
    superficie: areaIn(at(mainFeatures, 'CFT100')),
    construccion: areaIn(at(mainFeatures, 'CFT101')),
    habitaciones: countIn(at(mainFeatures, 'CFT2')),
    baños: countIn(at(mainFeatures, 'CFT3')),
    medios_baños: countIn(at(mainFeatures, 'CFT4')),
    estacionamientos: countIn(at(mainFeatures, 'CFT7')),
  }
}

function areaIn(feature: Json): Span | undefined {
  const value = at(feature, 'value')
  const measured = [text(value), text(at(feature, 'measure'))].filter(Boolean).join(' ')
  return areaOf(measured) ?? areaOf(value) ?? rangeOf(feature)
}

/** A number or, of a development, a range: "1 a 3". */
function countIn(feature: Json): Span | undefined {
  const value = at(feature, 'value')
  return (typeof value === 'string' ? before('', value) : span(value)) || rangeOf(feature)
}

function rangeOf(feature: Json): Span | undefined {
  return span({ from: at(feature, 'minValue'), to: at(feature, 'maxValue') })
}

/** A count that may be 0, written with or without commas. */
export function wholeNumber(value: Json): number | undefined {
  const written = text(value) ?? ''
  return /^\d{1,3}(?:[.,]?\d{3})*$/.test(written) ? Number(written.replace(/[.,]/g, '')) : undefined
}

/** Colonia and municipality of what a card says: "Puerta de Hierro, Zapopan", and no state unless it is told. */
export function placeOnCard(location: string | undefined): Place {
  const { colonia, municipio } = placeOfColony(location)
  return municipio === undefined
    ? placeOfColony(location, location?.split(',').at(-1))
    : { colonia, municipio }
}
