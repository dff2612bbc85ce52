/** One number, or a development's range of them ("2-4"). */
export type Span = number | string

const ONE = String.raw`\d[\d.,]*`
const NUMBER = String.raw`(${ONE})(?:\s*(?:a|-|–)\s*(${ONE}))?`

/** What only Europe's way can mean: "2,5", "1.250,50", "1.250.000". */
const EUROPEAN = /^(?:\d+,\d{1,2}|\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3}(?:\.\d{3}){2,})$/

/** A number as Mexico writes it: commas part the thousands, a dot the decimals; the other way where it is plain. */
export function amount(text: string | undefined): number | undefined {
  const written = (text ?? '').replace(/[.,]$/, '')
  const plain = EUROPEAN.test(written)
    ? written.replaceAll('.', '').replace(',', '.')
    : written.replaceAll(',', '')
  const value = Number(plain)
  return text && Number.isFinite(value) ? value : undefined
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

/** The number before `unit` (a pattern) in a text: "3 rec.", "45 a 120 m² constr.". */
export function before(unit: string, text: string): Span | undefined {
  const [, from, to] = numbersBefore(unit, text)
  return range(amount(from), amount(to))
}

function numbersBefore(unit: string, text: string): readonly (string | undefined)[] {
  return new RegExp(`${NUMBER}\\s*(?:${unit})`, 'i').exec(text) ?? []
}

/** Square metres of what areas are written in; of schema.org's unit codes (UN/CEFACT) too. */
const HECTARE = 10_000
const AREA_UNITS: Readonly<Record<string, number>> = { MTK: 1, HAR: HECTARE, FTK: 0.092_903 }

const SQUARE_METRES = String.raw`m(?:²|2|\^2|ts?\.?[²2]?|etros(?:\s+cuadrados)?)`

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
  const squareMetres = before(metres, text)
  if (squareMetres !== undefined) return squareMetres
  const [, from, to] = numbersBefore(`${HECTARES}\\s*(?:${what})`, text)
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
  const halves = before('medios?\\s+ba[ñn]', written)
  const full = before('½?\\s*ba[ñn]', written)
  const half = typeof halves === 'number' ? halves : undefined
  if (/½\s*ba[ñn]|ba[ñn]os?\s+y\s+(?:medio|½)/i.test(written)) return { full, half: half ?? 1 }
  return { ...splitBathrooms(full), ...(half !== undefined && { half }) }
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
