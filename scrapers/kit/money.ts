import { amount } from './measure.ts'

export interface Price {
  precio: number | undefined
  /** ISO 4217. */
  moneda: 'MXN' | 'USD' | undefined
  /** 'sí' when it is the least of a development's prices. */
  desde: 'sí' | undefined
}

/**
 * A price as portals write it: "MN 15,900,000", "USD 250,000", "desde MN 2,300,000", "$18,500 MXN";
 * a range gives its lower end. Without a number ("a consultar") nothing is known.
 */
export function price(text: string | undefined): Price {
  const numbers = text?.match(/\d[\d.,]*/g) ?? []
  const precio = amount(numbers[0])
  if (!precio) return { precio: undefined, moneda: undefined, desde: undefined }
  const least = /desde|a partir/i.test(text ?? '') || numbers.length > 1
  return { precio, moneda: currency(text), desde: least ? 'sí' : undefined }
}

/** The currency that a text or a code names; pesos are what a bare amount means in Mexico. */
export function currency(text: unknown): Price['moneda'] {
  if (typeof text !== 'string') return undefined
  return /\bus[d$]|u\$[sd]|d[oó]lar|\bdls/i.test(text) ? 'USD' : 'MXN'
}
