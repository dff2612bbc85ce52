const PLAIN = /^-?\d+(?:\.\d+)?$/
const NUMBER = /-?\d[\d.,'’ \u00A0]*/

/**
 * The first number of a cell: plain, or as people write it ("MN 15,900,000", "desde 1.250.000", "120.5 m²").
 * Undefined where there is none. Of a comma and a dot the last parts the decimals; one alone does, unless three
 * digits follow it.
 */
export function amount(cell: string): number | undefined {
  if (PLAIN.test(cell)) return Number(cell)
  const [found] = NUMBER.exec(cell) ?? []
  if (found === undefined) return undefined
  const digits = found.replaceAll(/['’ \u00A0]|[.,]+$/g, '')
  return Number(withoutThousands(digits.replace(/[.,]$/, '')))
}

function withoutThousands(text: string): string {
  const [comma, dot] = [text.lastIndexOf(','), text.lastIndexOf('.')]
  if (comma >= 0 && dot >= 0) {
    const decimal = comma > dot ? ',' : '.'
    return text.replaceAll(decimal === ',' ? '.' : ',', '').replace(decimal, '.')
  }
  const mark = comma >= 0 ? ',' : '.'
  const parts = text.split(mark)
  const grouped = parts.length > 1 && parts.slice(1).every((part) => part.length === 3)
  // A number below one has no thousands: "0.125" stays what it is.
  return grouped && parts[0] !== '0' ? parts.join('') : parts.slice(0, 2).join('.')
}

/** What a US dollar is worth at the least and the most likely, for telling nonsense from prices only. */
const DOLLAR = 18
const IS_DOLLAR = /usd|u\$s|us\$|u\.\s?s\.|dll?s|d[oó]lar/i

/** The price in pesos, roughly; undefined where the cell holds none. */
export function pesos(price: string, currency: string): number | undefined {
  const number = amount(price)
  return number !== undefined && IS_DOLLAR.test(currency || price) ? number * DOLLAR : number
}

/** In which currency the cells say a price is, as far as it matters for comparing two of them. */
export function currencyOf(price: string, currency: string): 'USD' | 'MXN' {
  return IS_DOLLAR.test(currency || price) ? 'USD' : 'MXN'
}
