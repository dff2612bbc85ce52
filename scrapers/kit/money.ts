import { amount } from './measure.ts'
import { text } from './text.ts'

export interface Price {
  precio: number | undefined
  /** ISO 4217; undefined also where the text names a currency that we do not know. */
  moneda: string | undefined
  /** 'sí' when it is the least of a development's prices. */
  desde: 'sí' | undefined
}

const UNKNOWN: Price = { precio: undefined, moneda: undefined, desde: undefined }
const NUMBER = /\d[\d.,]*/g
const MILLIONS = /^\s*(?:mdp|mdd|millones|mill\b|millón)/i
/** Nobody gives a price to the thousandth, so the dot parts thousands: "€ 250.000". */
const DOTTED_THOUSANDS = /^[1-9]\d{0,2}\.\d{3}[.,]?$/

/**
 * A price as portals write it: "MN 15,900,000", "USD 250,000", "€ 250.000", "desde MN 2,300,000", "$18,500 MXN",
 * "$2.5 mdp"; a range gives its lower end. Without a number ("a consultar"), or per square metre, nothing is known.
 */
export function price(value: unknown): Price {
  const written = text(value) ?? ''
  const numbers = [...written.matchAll(NUMBER)]
  const [first] = numbers
  if (!first || /(?:\/|\bpor|\bel)\s*m(?:²|2|etro)/i.test(written)) return UNKNOWN
  const after = written.slice(numbers.at(-1)!.index + numbers.at(-1)![0].length)
  const precio = MILLIONS.test(after) ? millions(first[0]) : units(first[0])
  if (!precio) return UNKNOWN
  const least = /desde|a partir/i.test(written) || numbers.length > 1
  return { precio, moneda: currency(written), desde: least ? 'sí' : undefined }
}

function units(written: string): number | undefined {
  return amount(DOTTED_THOUSANDS.test(written) ? written.replace('.', '') : written)
}

function millions(written: string): number | undefined {
  const number = amount(written)
  return number !== undefined && number < 10_000 ? Math.round(number * 1e6) : number
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
