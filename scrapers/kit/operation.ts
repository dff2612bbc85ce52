import { text } from './text.ts'

export type Operation = 'venta' | 'renta'

const SALE = /\b(?:pre-?)?ventas?\b|\b(?:vender|vend[eo]|compra(?:r|venta)?|remates?|sale|sell|buy)\b/i
const RENTAL =
  /\b(?:rentas?|rentar|alquiler(?:es)?|alquilar|arriendo|arrendamiento|rent(?:al)?|lease(?:out)?|temporal|vacacional|vacation)\b/i

/** The operations that a text names: "venta / renta" both; a "Temporal/Vacacional" one is a rental. */
export function operations(value: unknown): Operation[] {
  const written = text(value) ?? ''
  const found: Operation[] = []
  if (SALE.test(written)) found.push('venta')
  if (RENTAL.test(written)) found.push('renta')
  return found
}

/** The operation that a text names; undefined where it names none or both. */
export function operation(value: unknown): Operation | undefined {
  const [only, other] = operations(value)
  return other === undefined ? only : undefined
}
