/** One number, or a development's range of them ("2-4"). */
export type Span = number | string

const ONE = String.raw`\d[\d.,'’]*(?:\s?½)?|½`

/** What only Europe's way can mean: "2,5", "1.250,50", "1.250.000". */
const EUROPEAN = /^(?:\d+,\d{1,2}|\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3}(?:\.\d{3}){2,})$/

/**
 * A number as Mexico writes it: commas part the thousands, an apostrophe may the millions, a dot the decimals; the other way
 * where it is plain. "2½" is 2.5.
 */
export function amount(text: string | undefined): number | undefined {
  if (text?.endsWith('½')) {
    const whole = text.slice(0, -1).trim()
    return whole ? sum(amount(whole), 0.5) : 0.5
  }
  const written = (text ?? '').replace(/[.,]$/, '').replace(/(?<=\d)['’](?=\d)/g, '')
  const plain = EUROPEAN.test(written)
    ? written.replaceAll('.', '').replace(',', '.')
    : written.replaceAll(',', '')
  const value = Number(plain)
  return text && Number.isFinite(value) ? value : undefined
}

function sum(one: number | undefined, other: number): number | undefined {
  return one === undefined ? undefined : one + other
}

/** A number of embedded JSON: a number, its text, or `{from, to}`. Zero and less mean "not given" on these portals. */
export function span(value: unknown): Span | undefined {
  if (typeof value === 'object' && value !== null) {
    const { from, to } = value as { from?: unknown; to?: unknown }
    return range(positive(from), positive(to))
  }
  return positive(value)
}

/** The number of a JSON value, the lower end of a range. */
export function least(value: unknown): number | undefined {
  return positive(typeof value === 'object' && value !== null ? (value as { from?: unknown }).from : value)
}

/** A coordinate in degrees; undefined for what is none, and for the 0 of a listing that was never placed. */
export function degrees(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() ? Number(value) : value
  return typeof number === 'number' && number !== 0 && Math.abs(number) <= 180 ? number : undefined
}

/** Degrees that a script holds in base64, as in `mapLatOf = "MjAuNjgwNjQz"`; undefined for what is none. */
export function encodedDegrees(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^[\w+/]+={0,2}$/.test(value)) return undefined
  const written = Buffer.from(value, 'base64').toString('latin1')
  return /^-?\d{1,3}\.?\d*$/.test(written) ? degrees(written) : undefined
}

/** The number before `unit` (a pattern) in a text: "3 rec.", "45 a 120 m² constr.", "1 rec. a 3 rec.", where `unitOfFirst` may stand too. */
export function before(unit: string, text: string, unitOfFirst = unit): Span | undefined {
  const [, from, to] = numbersBefore(unit, text, unitOfFirst)
  return range(amount(from), amount(to))
}

/** The number of an element that shows one alone, or a range of them ("2 - 4"); zero means "not given". */
export function shownCount(text: string | undefined): Span | undefined {
  return before('', text ?? '') || undefined
}

function numbersBefore(unit: string, text: string, unitOfFirst = unit): readonly (string | undefined)[] {
  const numbers = `(${ONE})(?:\\s*(?:(?:${unitOfFirst})[\\p{L}.]*)?\\s*(?:a|-|–|hasta)\\s*(${ONE}))?`
  return new RegExp(`${numbers}\\s*(?:${unit})`, 'iu').exec(text) ?? []
}

/** Square metres of what areas are written in; of schema.org's unit codes (UN/CEFACT) too. */
const HECTARE = 10_000
const AREA_UNITS: Readonly<Record<string, number>> = { MTK: 1, HAR: HECTARE, FTK: 0.092_903 }

const SQUARE_METRES = String.raw`(?:m(?:\s?²|\s?2(?!\d)|\^2|ts?\.?\s?[²2]?|etros(?:²|2|\s+cuadrados)?)|sq\.?\s?m(?:ts?)?)(?!\s*(?:de\s+)?(?:frente|fondo|largo|ancho|alto|altura|lineal))`

const HECTARES = String.raw`(?:has?\b|hect[aá]reas?)\.?`

/**
 * An area in m², of a text like "1,250 m² lote", "2.5 ha lote" or "1 ha 2,000 m²".
 * @param what a pattern for the word after the unit
 */
export function area(what: string, text: string): Span | undefined {
  const metres = `${SQUARE_METRES}\\s*(?:${what})`
  const both = new RegExp(`(${ONE})\\s*${HECTARES}\\s*(?:y|con)?\\s*(${ONE})\\s*${metres}`, 'i').exec(text)
  const rest = amount(both?.[2])
  // A hectare or more of metres is the same area said again.
  if (rest !== undefined && rest < HECTARE) return (hectares(both?.[1]) ?? 0) + rest
  const squareMetres = before(metres, text, SQUARE_METRES)
  if (squareMetres !== undefined) return squareMetres
  const [, from, to] = numbersBefore(`${HECTARES}\\s*(?:${what})`, text, HECTARES)
  return range(hectares(from), hectares(to))
}

/** An area in m², of a number of m², a text with its unit, or schema.org's `{value, unitCode}`. */
export function areaOf(value: unknown): Span | undefined {
  if (typeof value === 'string') return area('', value) ?? positive(value)
  if (typeof value !== 'object' || value === null || !('value' in value)) return span(value)
  const { value: number, unitCode, unitText } = value as Record<string, unknown>
  if (typeof number === 'string' && /[a-z²]/i.test(number)) return area('', number)
  const factor = AREA_UNITS[String(unitCode)] ?? (/^ha|hect/i.test(String(unitText)) ? HECTARE : 1)
  const units = positive(number)
  return units === undefined ? undefined : Math.round(units * factor * 100) / 100
}

function hectares(text: string | undefined): number | undefined {
  const number = amount(text)
  return number === undefined ? undefined : Math.round(number * HECTARE)
}

/** Full and half bathrooms of "2 baños", "2.5 baños", "2½ baños", "2 1/2 baños", "2 baños y medio", "1 medio baño". */
export function bathrooms(text: string): { full: Span | undefined; half: number | undefined } {
  const written = text.replace(/(?:(\d)\s+)?\b1\/2/g, '$1½')
  const halves = before('medios?\\b(?:\\s+ba[ñn])?', written)
  const { full, half } = splitBathrooms(before('ba[ñn]|bath', written))
  const more = /\bmedio ba[ñn]|ba[ñn]os?\s+y\s+(?:medio|½)/i.test(written) ? 1 : half
  return { full, half: typeof halves === 'number' ? halves : more }
}

/** Full and half bathrooms of a number that counts a half one as 0.5. */
export function splitBathrooms(count: Span | undefined): {
  full: Span | undefined
  half: number | undefined
} {
  if (typeof count !== 'number' || count % 1 !== 0.5) return { full: count, half: undefined }
  return { full: Math.floor(count) || undefined, half: 1 }
}

function positive(value: unknown): number | undefined {
  const number = typeof value === 'string' ? amount(value.trim()) : value
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : undefined
}

function range(from: number | undefined, to: number | undefined): Span | undefined {
  if (from === undefined || to === undefined || from === to) return from ?? to
  return `${from}-${to}`
}
