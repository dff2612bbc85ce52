import { kindOf } from './kinds.ts'
import { text } from './text.ts'

const DIGITS = String.raw`\d{1,3}(?:[.,\s]\d{3})+(?!\d)|\d+`
const MORE_THAN = String.raw`(?:m[áa]s de )?`
/** "1 - 30 de 1,204", "31 a 60 de 90". */
const RANGE = new RegExp(String.raw`\b\d+ ?(?:-|–|al?) ?\d+ de ${MORE_THAN}(${DIGITS})`, 'i')
const ALONE = new RegExp(`^${MORE_THAN}(${DIGITS}) ?\\+?$`, 'i')
const IN_BRACKETS = new RegExp(String.raw`\((${DIGITS})\)`)
/** A number, and the two words after it. */
const COUNTING = new RegExp(
  String.raw`(?<![\d.,$-]|\$ |[a-z]-)(${DIGITS})\+? (?!de |[-–a] \d)(\p{L}+)(?: (\p{L}+))?`,
  'giu',
)
const LISTINGS =
  /^(?:resultados?|anuncios?|avisos?|propiedad(?:es)?|inmuebles?|viviendas?|publicaciones|lotes?|condominios?)$/
/** What else is counted in headings. */
const NO_LISTINGS =
  /^(?:a|al|en|y|por|con|para|rec\p{L}*|hab\p{L}*|dorm\p{L}*|ba[ñn]os?|estac\p{L}*|m|mts?|metros?|ha|km|años?|mes(?:es)?|d[ií]as?|p[áa]ginas?|fotos?|pisos?|niveles|mil|mdp|millones)$/iu
const YEAR = /^(?:19|20)\d\d$/

/**
 * How many listings a heading or a title says there are: "4,849 Departamentos en venta", "Más de 1,000 casas",
 * "1 - 30 de 1,204 resultados", "Casas en venta: 1,204 anuncios". Undefined where it counts none, or something else:
 * rooms, pages ("Página 1 de 40"), years.
 */
export function counter(heading: unknown): number | undefined {
  const written = text(heading) ?? ''
  const ofRange = RANGE.exec(written)?.[1]
  if (ofRange) return number(ofRange)
  const counts = [...written.matchAll(COUNTING)]
  const named = counts.find(([, , word = '', next = '']) => areListings(word) || areListings(next))
  if (named) return number(named[1])
  const [first] = counts
  // At the start of a heading it is what the heading is about.
  const isStart = first && new RegExp(`^${MORE_THAN}$`, 'i').test(written.slice(0, first.index))
  if (isStart && !NO_LISTINGS.test(first[2] ?? '') && !YEAR.test(first[1] ?? '')) return number(first[1])
  const bracketed = IN_BRACKETS.exec(written)?.[1]
  return YEAR.test(bracketed ?? '') ? undefined : number(bracketed)
}

/** The number that an element or a JSON value holds alone ("3,377"), or that its words count. */
export function counted(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined
  return number(ALONE.exec(text(value) ?? '')?.[1]) ?? counter(value)
}

function areListings(word: string): boolean {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return LISTINGS.test(plain) || kindOf(plain) !== undefined
}

function number(written: string | undefined): number | undefined {
  const digits = written?.replace(/\D/g, '')
  return digits ? Number(digits) : undefined
}
