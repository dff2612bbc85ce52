import { amount, least } from './measure.ts'
import { text } from './text.ts'

export interface Price {
  precio: number | undefined
  /** ISO 4217; undefined also where the text names a currency that we do not know. */
  moneda: string | undefined
  /** 'sí' when it is the least of a development's prices. */
  desde: 'sí' | undefined
}

const UNKNOWN: Price = { precio: undefined, moneda: undefined, desde: undefined }
/** "1", "0" and the like fill a field that has to be filled: nobody sells or lets anything for that. */
const LEAST_ASKED = 10
const NUMBER = /(?<![\p{L}\d])\d[\d.,'’]*(?: \d{3}(?!\d)){0,3}/gu
const PER_AREA = /^\s*(?:\w+\s*)?(?:\/|\bpor|\bel|\bx)\s*m(?:²|2|t|etro)/i
/** What is counted, or asked beside the price. */
const NO_PRICE =
  /^\s*(?:m(?:²|2|ts?)\b|m²|ha\b|sqm|%|(?:de\s+)?(?:rec|hab|dorm|ba[ñn]|estac|un(?:\.|idad)|a[ñn]os|mes(?:es)?\b|d[ií]as|mant|mtto|expensas|cuota))/i
const MILLIONS = /^\s*(?:mdp|mdd|millones|mill\b|millón)/i
const CAPITAL_M = /^\s*M\b(?!\.?\s?[N²2])/
const THOUSANDS = /^\s*(?:mil\b(?!\s*mill)|k\b)/i
const AND_THOUSANDS = /^\s*mill\p{L}+\s*(?:con\s+|y\s+)?(\d{1,3})\s*mil\b/iu
const AFTER_MILLIONS = /\bmill\p{L}+\s*(?:con\s+|y\s+)?$/iu
const RANGE = /^\s*(?:a|y|-|–|hasta)\s*[^\d]{0,5}$/i
/** Nobody gives a price to the thousandth, so the dot parts thousands: "€ 250.000". */
const DOTTED_THOUSANDS = /^[1-9]\d{0,2}\.\d{3}[.,]?$/

/**
 * A price as portals write it: "MN 15,900,000", "USD 250,000", "€ 250.000", "desde MN 2,300,000", "$18,500 MXN",
 * "$2.5 mdp", "$ 28.04 mil MN"; a range gives its lower end. Without a number ("a consultar"), per square metre, or with one
 * that stands for none ("MN 1"), nothing is known.
 */
export function price(value: unknown): Price {
  const written = spaced(text(value) ?? '')
  const numbers = asked(written)
  const [first, second] = numbers
  if (!first) return UNKNOWN
  const linked = second && RANGE.test(written.slice(first.end, second.at)) ? second : undefined
  const precio = scaled(first.number, first.after, linked?.after)
  if (precio === undefined || precio < LEAST_ASKED) return UNKNOWN
  const isLeast = /desde|a partir/i.test(written) || numbers.length > 1
  return { precio, moneda: currency(written), desde: isLeast ? 'sí' : undefined }
}

/** The price of a JSON value: a number, its text, a written price, the lower end of a range. As in `price`, 1 is none. */
export function asking(value: unknown): number | undefined {
  const number = least(value) ?? price(value).precio
  return number !== undefined && number >= LEAST_ASKED ? number : undefined
}

const WORDS_OF_PRICES =
  /desde|a partir de|hasta|entre|venta|renta|alquiler|precios?|consultar?|a|de|y|por|mes|mensual(?:es)?|noche|mil|mdp|mdd|millones|millón|casas?|departamentos?|terrenos?|lotes?/
    .source
const NOTHING_BUT_A_PRICE = new RegExp(
  String.raw`^(?:\s|[-–:;,./()+]|\d[\d.,'’]*|\p{Sc}|us\$|u\$s|m\.?n\.?|mx[np]|usd|eur|pesos|d[oó]lares|dlls?|\b(?:${WORDS_OF_PRICES})\b)+$`,
  'iu',
)

/** Whether a text is nothing but a price, or says that there is none to see: no name of anything. */
export function isPrice(value: unknown): boolean {
  const written = spaced(text(value) ?? '')
  if (!NOTHING_BUT_A_PRICE.test(written)) return false
  return (
    /consulta/i.test(written) ||
    price(written).precio !== undefined ||
    /^\D{0,6}\d[\d.,]*\D{0,6}$/.test(written)
  )
}

/** Words and numbers that nothing parts: "desdeUSD 5", "5USD". */
function spaced(written: string): string {
  return written.replace(
    /(?<=\p{Ll})(?=[A-Z]{2,3}\b)|(?<=\d)(?=[A-Z]{2,3}\b)|(?<=\b(?:MN|USD|MXN|EUR))(?=\d)/gu,
    ' ',
  )
}

/** The numbers of a text that may be prices: those with a currency at hand, if any has one. */
function asked(written: string) {
  const numbers = [...written.matchAll(NUMBER)].map(({ index, 0: number }) => ({
    number,
    at: index,
    end: index + number.length,
    after: written.slice(index + number.length),
  }))
  const prices = numbers.filter(
    ({ after, at }) => !PER_AREA.test(after) && !AFTER_MILLIONS.test(written.slice(0, at)),
  )
  const uncounted = prices.filter(({ after }) => !NO_PRICE.test(after))
  const left =
    uncounted.length > 0
      ? uncounted
      : prices.filter(({ after }) => /^\s*(?:de\s+)?(?:mant|mtto|exp|cuota)/i.test(after))
  const first = left.findIndex(({ at }) => /(?:\p{Sc}|\b[A-Z]{2,3}\.?)\s*$/u.test(written.slice(0, at)))
  if (first === -1 && /consult|llam|tel[.:é]|whats/i.test(written)) return []
  return first > 0 && !RANGE.test(written.slice(left[first - 1]?.end, left[first]?.at))
    ? left.slice(first)
    : left
}

/** A number with what it counts: after it, or after the other end of its range. */
function scaled(written: string, after: string, afterRange = ''): number | undefined {
  const number = amount(written)
  const isOf = (unit: RegExp) => unit.test(after) || unit.test(afterRange)
  if (number !== undefined && number < 10_000) {
    const thousands = Number(AND_THOUSANDS.exec(after)?.[1] ?? 0)
    if (isOf(MILLIONS) || isOf(CAPITAL_M)) return Math.round(number * 1e6) + thousands * 1000
    if (isOf(THOUSANDS)) return Math.round(number * 1e5) / 100
  }
  const joined = written.replaceAll(' ', '')
  return amount(DOTTED_THOUSANDS.test(joined) ? joined.replace('.', '') : joined)
}

const DOLLARS = String.raw`\bus[d$]|u\$[sd]|\bu\.\s?s\.|d[oó]lar|\bdll?s|\bmdd`
const PESOS = String.raw`\bmx[np$]|\bmn\b|\bm\.\s?n\.|\bpesos?\b|\bmdp`
const EUROS = String.raw`€|\beur(?:os?)?\b`
// Two names: Node 22 does not take one name for both alternatives.
const CODE = String.raw`\b(?<before>[a-z]{3})[\s:$]*(?=\d)|(?<=\d[.,]?\s*)(?<after>[a-z]{3})\b`
const NAMES = new RegExp(`(?<USD>${DOLLARS})|(?<MXN>${PESOS})|(?<EUR>${EUROS})|${CODE}`, 'gi')
const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** A sign other than the peso's: "£", "R$". */
const FOREIGN_SIGN = /(?!\$)\p{Sc}|\b[A-Z]{1,2}\$/u
const BARE_CODE = /^\s*[a-z]{3}\s*$/i

/**
 * The ISO 4217 code of the currency that a text or a code names, of several the first; pesos are what a bare amount
 * means in Mexico. Undefined where it is another one than we can tell.
 */
export function currency(value: unknown): Price['moneda'] {
  if (typeof value !== 'string') return undefined
  // What data for programs holds: a listing a hundred times over.
  if (CODES.has(value)) return value
  const bare = BARE_CODE.test(value)
  const written = bare ? `${value.toUpperCase()} 1` : value
  for (const { groups = {} } of written.matchAll(NAMES)) {
    const { before, after, ...words } = groups
    const code = before ?? after
    // In capitals alone: "all" and "top" are words.
    const named = code ? CODES.has(code) && code : Object.keys(words).find((name) => words[name])
    if (named) return named
  }
  return bare || FOREIGN_SIGN.test(written) ? undefined : 'MXN'
}
