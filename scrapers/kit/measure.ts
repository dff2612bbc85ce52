/** One number, or a development's range of them ("2-4"). */
export type Span = number | string

const NUMBER = String.raw`(\d[\d.,]*)(?:\s*(?:a|-|–)\s*(\d[\d.,]*))?`

/** A number as Mexico writes it: commas part the thousands, a dot the decimals. */
export function amount(text: string | undefined): number | undefined {
  const value = Number((text ?? '').replace(/,/g, '').replace(/\.$/, ''))
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
  const match = new RegExp(`${NUMBER}\\s*(?:${unit})`, 'i').exec(text)
  return range(amount(match?.[1]), amount(match?.[2]))
}

/** An area in m², of a text like "1,250 m² lote" or "2.5 ha lote". `what`: a pattern for the word after the unit. */
export function area(what: string, text: string): Span | undefined {
  const squareMetres = before(`m(?:²|2|ts²?)\\s*(?:${what})`, text)
  if (squareMetres !== undefined) return squareMetres
  const hectares = before(`ha\\.?\\s*(?:${what})`, text)
  return typeof hectares === 'number' ? hectares * 10_000 : undefined
}

/** Full and half bathrooms of "2 baños", "2.5 baños", "2½ baños", "1 medio baño". */
export function bathrooms(text: string): { full: Span | undefined; half: number | undefined } {
  const halves = before('medios?\\s+ba[ñn]', text)
  const full = before('½?\\s*ba[ñn]', text)
  const half = typeof halves === 'number' ? halves : undefined
  if (/\d\s*½\s*ba[ñn]/i.test(text)) return { full, half: half ?? 1 }
  if (typeof full === 'number' && full % 1 === 0.5) return { full: Math.floor(full), half: half ?? 1 }
  return { full, half }
}

function positive(value: unknown): number | undefined {
  const number = typeof value === 'string' ? amount(value.trim()) : value
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : undefined
}

function range(from: number | undefined, to: number | undefined): Span | undefined {
  if (from === undefined || to === undefined || from === to) return from ?? to
  return `${from}-${to}`
}
