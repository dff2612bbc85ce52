import { joined, text } from './text.ts'

export interface Place {
  colonia: string | undefined
  municipio: string | undefined
}

const STATES: ReadonlySet<string> = new Set(
  (
    'aguascalientes|baja california|baja california sur|campeche|chiapas|chihuahua|ciudad de mexico|cdmx|distrito federal|' +
    'coahuila|coahuila de zaragoza|colima|durango|estado de mexico|edo. de mexico|edomex|guanajuato|guerrero|hidalgo|jalisco|' +
    'jal.|michoacan|michoacan de ocampo|morelos|nayarit|nuevo leon|oaxaca|puebla|queretaro|quintana roo|san luis potosi|' +
    'sinaloa|sonora|tabasco|tamaulipas|tlaxcala|veracruz|veracruz de ignacio de la llave|yucatan|zacatecas'
  ).split('|'),
)
const COUNTRY = /^(?:mexico|mexique|mex|mx)\.?$/
const POSTCODE = /^(?:c\.?\s?p\.?\s*)?\d{5}$/
/** What stands in an address where a colonia could, and is none: a number, a flat, a street. */
const NO_COLONY =
  /^(?:calle|c\.|av\b|avenida|blvd|boulevard|bulevar|calz|calzada|carr\b|carretera|priv\b|privada|prol|circuito|cto\b|andador|periferico|paseo|callejon|cerrada|int|ext|interior|exterior|no\.|num|numero|lote|lt\b|manzana|mz|depto|departamento|piso|local|torre|edificio|km)\b|#|^[^a-z]*$/

/**
 * Colonia and municipio of an address that begins with a street: "Calle 8 S, La Veleta, Tulum, Quintana Roo, 77760, MEX".
 * @param municipality where the source says it elsewhere
 */
export function placeOfAddress(written: unknown, municipality?: unknown): Place {
  const { parts, index, municipio } = placed(written, municipality)
  // The part before the municipio is the colonia if it is not the street itself.
  const colonia = index >= 2 ? parts[index - 1] : undefined
  return {
    colonia: colonia !== undefined && !NO_COLONY.test(folded(colonia)) ? colonia : undefined,
    municipio,
  }
}

/** Colonia and municipio of a place that begins with the colonia: "La Veleta, Zapopan, Jalisco". */
export function placeOfColony(written: unknown, municipality?: unknown): Place {
  const { parts, index, municipio } = placed(written, municipality)
  const colonia = index >= 1 ? parts[0] : undefined
  return {
    colonia: colonia !== undefined && !NO_COLONY.test(folded(colonia)) ? colonia : undefined,
    municipio,
  }
}

/** A street address and the municipio, which many a street address names too. */
export function wholeAddress(street: unknown, municipality: unknown): string | undefined {
  const name = folded(text(municipality) ?? '')
  const isNamed = partsOf(street).some((part) => folded(part) === name)
  return isNamed ? text(street) : joined(street, municipality)
}

/** The parts of a place up to its municipio, and where that is among them; -1 where nothing tells. */
function placed(written: unknown, municipality: unknown) {
  const parts = partsOf(written)
  while (parts.length > 0 && isEnd(parts.at(-1) ?? '')) parts.pop()
  const hasState = parts.length > 1 && STATES.has(folded(parts.at(-1) ?? ''))
  if (hasState) parts.pop()
  const given = text(municipality)
  const named = parts.findLastIndex((part) => given !== undefined && folded(part) === folded(given))
  const index = named === -1 && hasState ? parts.length - 1 : named
  return { parts, index, municipio: given ?? parts[index] }
}

function isEnd(part: string): boolean {
  const plain = folded(part)
  return COUNTRY.test(plain) || POSTCODE.test(plain)
}

function partsOf(written: unknown): string[] {
  return (text(written) ?? '').split(',').flatMap((part) => text(part) ?? [])
}

/** Without accents and capitals, for comparing. */
function folded(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
