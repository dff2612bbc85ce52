import { ZafraError } from './error.ts'
import { nearest } from './nearest.ts'
import { OUTPUT_CHECKS } from './check.ts'
import { FAILED, TASK_STATUSES } from './task.ts'

/** One condition; all conditions of a search must hold. */
export type Term = { not: boolean } &
  /** Somewhere in the task's text: its codes, its scraper, its URL or its error. */
  (
    | { kind: 'text'; text: string }
    /** Its letters in this order somewhere in one of those. */
    | { kind: 'fuzzy'; text: string }
    /** The field is, or holds, one of these. */
    | { kind: 'words'; field: WordField; words: readonly string[] }
    /** The field lies within both ends, inclusive; an open end is infinite. An empty field never does. */
    | { kind: 'range'; field: NumberField; from: number; to: number }
  )

/** Compared as a whole: codes and names. */
const CODES = [
  'site',
  'city',
  'operation',
  'product',
  'scraper',
  'class',
  'batch',
  'status',
  'check',
  'complete',
] as const
/** Compared by a piece. */
const TEXTS = ['url', 'error'] as const
const WORD_FIELDS = [...CODES, ...TEXTS]
export type WordField = (typeof WORD_FIELDS)[number]

const NUMBER_FIELDS = ['id', 'rows', 'bytes', 'attempts', 'minutes', 'variant', 'order'] as const
export type NumberField = (typeof NUMBER_FIELDS)[number]

/** Fields that are compared as a whole. */
export function isCode(field: WordField): boolean {
  return (CODES as readonly string[]).includes(field)
}

/** More than a person types. */
const LONGEST = 1000

const ASCII = /^[\u0000-\u007f]*$/

/** Text as searches compare it: letter case and accents do not count (ñ is no n). */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  return text
    .normalize('NFD')
    .replaceAll(/(?<!n)\p{M}|(?<=n)(?!\u0303)\p{M}/giu, '')
    .normalize('NFC')
    .toLowerCase()
}

/**
 * What a person types to filter a list: words that must be found, `!word` that must not, `~wrd` letters in order,
 * `"two words"`, and fields: `status:failed,cancelled site:Inm24 rows:<10 minutes:5..10 !class:blocked error:"no page"`.
 * Words come folded. Addresses (`https://…`) and what is in quotes are text, whatever is before their colon.
 * @throws ZafraError `usage` naming the term that makes no sense
 */
export function parseSearch(search: string): Term[] {
  if (search.length > LONGEST)
    throw new ZafraError('usage', `a search has at most ${LONGEST} characters; this one has ${search.length}`)
  return [...search.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)]
    .map(([term]) => parseTerm(term))
    .filter((term) => term !== null)
}

function parseTerm(written: string): Term | null {
  const not = written.startsWith('!')
  const term = not ? written.slice(1) : written
  const [, field = '', value = ''] = /^([a-z]+):(.*)$/is.exec(term) ?? []
  if (isWordField(field)) return words(not, field, value)
  if (isNumberField(field)) {
    const ends = range(written, value)
    return ends && { not, kind: 'range', field, ...ends }
  }
  if (field !== '' && value !== '' && !value.startsWith('//')) throw unknownField(field)
  const fuzzy = term.startsWith('~')
  const text = fold(unquoted(fuzzy ? term.slice(1) : term))
  return text === '' ? null : { not, kind: fuzzy ? 'fuzzy' : 'text', text }
}

function unknownField(field: string): ZafraError {
  const all = [...WORD_FIELDS, ...NUMBER_FIELDS]
  const close = nearest(field.toLowerCase(), all)
  const hint = close === undefined ? `the fields are ${all.join(', ')}` : `did you mean ${close}?`
  return new ZafraError('usage', `there is no field ${field}: ${hint} (in quotes it is text)`)
}

function words(not: boolean, field: WordField, value: string): Term | null {
  const list = value.match(/(?:[^,"]|"[^"]*"?)+/g) ?? []
  const folded = list.map((word) => fold(unquoted(word))).filter((word) => word !== '')
  // While it is being typed, `status:` chooses nothing yet.
  if (folded.length === 0) return null
  const choices = CHOICES[field]
  if (choices) return { not, kind: 'words', field, words: folded.flatMap(choices) }
  return { not, kind: 'words', field, words: folded }
}

const CHOICES: Partial<Record<WordField, (word: string) => readonly string[]>> = {
  status: statuses,
  check: (word) => beginningWith(word, OUTPUT_CHECKS, 'check'),
  complete: (word) => beginningWith(word, ['yes', 'no'], 'complete'),
}

function statuses(word: string): readonly string[] {
  return word === 'failed' ? FAILED : beginningWith(word, TASK_STATUSES, 'status')
}

/** Any beginning of a word will do. */
function beginningWith(word: string, all: readonly string[], field: WordField): readonly string[] {
  const found = all.filter((each) => each.startsWith(word))
  if (found.length > 0) return found
  throw new ZafraError('usage', `${field}:${word}: there is no such ${field}; there are ${all.join(', ')}`)
}

function range(written: string, value: string): { from: number; to: number } | null {
  const [, sign = '', only = ''] = /^(<=|>=|<|>|=)?(\d+(?:\.\d+)?)$/.exec(value) ?? []
  const [, least, most] = /^(\d+(?:\.\d+)?)?\.\.(\d+(?:\.\d+)?)?$/.exec(value) ?? []
  if (least !== undefined || most !== undefined)
    return { from: Number(least ?? -Infinity), to: Number(most ?? Infinity) }
  // While it is being typed, `rows:<` says nothing yet.
  if (/^[<>=.]*$/.test(value)) return null
  if (only === '')
    throw new ZafraError('usage', `${written}: expected a number, as in rows:<10, rows:>=5 or rows:5..10`)
  const number = Number(only)
  if (sign === '<') return { from: -Infinity, to: before(number) }
  if (sign === '<=') return { from: -Infinity, to: number }
  if (sign === '>') return { from: after(number), to: Infinity }
  if (sign === '>=') return { from: number, to: Infinity }
  return { from: number, to: number }
}

/** The nearest number below, for values with at most six decimals. */
const before = (number: number) => number - 1e-6
const after = (number: number) => number + 1e-6

function unquoted(text: string): string {
  return text.replaceAll('"', '')
}

function isWordField(field: string): field is WordField {
  return (WORD_FIELDS as readonly string[]).includes(field)
}

function isNumberField(field: string): field is NumberField {
  return (NUMBER_FIELDS as readonly string[]).includes(field)
}
