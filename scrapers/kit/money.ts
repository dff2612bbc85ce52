import { amount } from './measure.ts'
import { text } from './text.ts'

export interface Price {
  precio: number | undefined
  /** ISO 4217. */
  moneda: 'MXN' | 'USD' | undefined
  /** 'sí' when it is the least of a development's prices. */
  desde: 'sí' | undefined
}

const UNKNOWN: Price = { precio: undefined, moneda: undefined, desde: undefined }
const NUMBER = /\d[\d.,]*/g
const MILLIONS = /^\s*(?:mdp|mdd|millones|mill\b|millón)/i

/**
 * A price as portals write it: "MN 15,900,000", "USD 250,000", "desde MN 2,300,000", "$18,500 MXN", "$2.5 mdp";
 * a range gives its lower end. Without a number ("a consultar"), or per square metre, nothing is known.
 */
export function price(value: unknown): Price {
  const written = text(value) ?? ''
  const numbers = [...written.matchAll(NUMBER)]
  const [first] = numbers
  const number = amount(first?.[0])
  if (!first || !number || /(?:\/|\bpor|\bel)\s*m(?:²|2|etro)/i.test(written)) return UNKNOWN
  const after = written.slice(numbers.at(-1)!.index + numbers.at(-1)![0].length)
  const precio = MILLIONS.test(after) && number < 10_000 ? Math.round(number * 1e6) : number
  const least = /desde|a partir/i.test(written) || numbers.length > 1
  return { precio, moneda: currency(written), desde: least ? 'sí' : undefined }
}

/** The currency that a text or a code names; pesos are what a bare amount means in Mexico. */
export function currency(value: unknown): Price['moneda'] {
  if (typeof value !== 'string') return undefined
  return /\bus[d$]|u\$[sd]|\bu\.\s?s\.|d[oó]lar|\bdll?s|\bmdd/i.test(value) ? 'USD' : 'MXN'
}
