import type { TaskFilter } from '../../domain/filter.ts'
import { fold, type NumberField, type Term, type WordField } from '../../domain/search.ts'
import type { Codes, Row } from './row.ts'

export type Test = (row: Row) => boolean

/** What the list itself does not know and has to be told. */
export interface Known {
  /** The terms of `filter.search`. */
  terms: readonly Term[]
  /** Whether a task has a failed attempt of `filter.error`. */
  failedSo: (id: number) => boolean
  /** The tasks that `filter.match` chooses. */
  matching: ReadonlySet<number> | undefined
}

/** Whether a task is chosen. What costs least is asked first. */
export function chooses(filter: TaskFilter, { terms, failedSo, matching }: Known): Test {
  const tests: Test[] = []
  const { batch, scraper, site, city, operation, product, status, since, until } = filter
  const asked = Object.entries({ batch, scraper, site, city, operation, product }).filter(
    ([, code]) => code !== undefined,
  ) as [keyof Codes, string][]
  if (asked.length > 0) tests.push(byCodes((codes) => asked.every(([word, code]) => codes[word] === code)))
  if (status) tests.push(isIn(new Set<string>(status), ({ status: own }) => own))
  if (filter.ids) tests.push(isIn(new Set(filter.ids), ({ id }) => id))
  if (matching) tests.push(isIn(matching, ({ id }) => id))
  if (since !== undefined) tests.push(({ created }) => created >= since)
  if (until !== undefined) tests.push(({ created }) => created < until)
  if (filter.error !== undefined) tests.push(({ id }) => failedSo(id))
  tests.push(...terms.map(termTest))
  const [only] = tests
  return tests.length === 1 && only ? only : (row) => tests.every((test) => test(row))
}

function termTest(term: Term): Test {
  const test = positive(term)
  return term.not ? (row) => !test(row) : test
}

function positive(term: Term): Test {
  switch (term.kind) {
    case 'text': {
      const inCodes = byCodes(({ text }) => text.includes(term.text))
      return (row) => inCodes(row) || row.url.includes(term.text) || row.error.includes(term.text)
    }
    case 'fuzzy': {
      const inCodes = byCodes(({ text }) => inOrder(text, term.text))
      return (row) => inCodes(row) || inOrder(row.url, term.text) || inOrder(row.error, term.text)
    }
    case 'words':
      return wordTest(term.field, term.words)
    case 'range': {
      const number = NUMBERS[term.field]
      return (row) => {
        const value = number(row)
        return value >= term.from && value <= term.to
      }
    }
  }
}

function wordTest(field: WordField, words: readonly string[]): Test {
  const wanted = new Set(words)
  switch (field) {
    case 'status':
      return isIn(wanted, ({ status }) => status)
    case 'class':
      return isIn(wanted, (row) => row.class)
    case 'url':
      return ({ url }) => words.some((word) => url.includes(word))
    case 'error':
      return ({ error }) => words.some((word) => error.includes(word))
    default:
      return byCodes((codes) => wanted.has(fold(codes[field])))
  }
}

const NUMBERS: Record<NumberField, (row: Row) => number> = {
  id: ({ id }) => id,
  rows: ({ rows }) => rows,
  bytes: ({ bytes }) => bytes,
  attempts: ({ attempts }) => attempts,
  minutes: ({ started, completed }) => (completed - started) / 60,
  variant: ({ variant }) => variant,
  order: ({ order }) => order,
}

function isIn<T>(wanted: ReadonlySet<T>, of: (row: Row) => T): Test {
  return (row) => wanted.has(of(row))
}

/** Asked once for each combination of codes. */
function byCodes(test: (codes: Codes) => boolean): Test {
  const known: (boolean | undefined)[] = []
  return ({ codes }) => (known[codes.index] ??= test(codes))
}

function inOrder(text: string, letters: string): boolean {
  let at = -1
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1)
    if (at < 0) return false
  }
  return true
}
