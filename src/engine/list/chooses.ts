import type { TaskFilter } from '../../domain/filter.ts'
import { inOrder } from '../../domain/search-fields.ts'
import { fold, type NumberField, type Term, type WordField } from '../../domain/search.ts'
import type { Codes, Row } from './row.ts'

export type Test = (row: Row) => boolean

/** What the list itself does not know and has to be told. */
export interface Known {
  /** All that the tasks of the list have. */
  codes: readonly Codes[]
  /** The terms of `filter.search`. */
  terms: readonly Term[]
  /** Whether a task has a failed attempt of `filter.error`. */
  failedSo: (id: number) => boolean
  /** The tasks that `filter.match` chooses. */
  matching: ReadonlySet<number> | undefined
}

/** Whether a task is chosen. What costs least is asked first. */
export function chooses(filter: TaskFilter, { codes, terms, failedSo, matching }: Known): Test {
  const tests: Test[] = []
  const { batch, scraper, site, city, operation, product, status, since, until } = filter
  const asked = Object.entries({ batch, scraper, site, city, operation, product }).filter(
    ([, code]) => code !== undefined,
  ) as [keyof Codes, string][]
  if (asked.length > 0) tests.push(byCodes(codes, (own) => asked.every(([word, code]) => own[word] === code)))
  if (status) tests.push(isIn(new Set<string>(status), ({ status: own }) => own))
  if (filter.check) tests.push(isIn(new Set<string>(filter.check), ({ check }) => check))
  if (filter.complete !== undefined) {
    const wanted = filter.complete ? 'yes' : 'no'
    tests.push(({ complete }) => complete === wanted)
  }
  if (filter.ids) tests.push(isIn(new Set(filter.ids), ({ id }) => id))
  if (matching) tests.push(isIn(matching, ({ id }) => id))
  if (since !== undefined) tests.push(({ created }) => created >= since)
  if (until !== undefined) tests.push(({ created }) => created < until)
  if (filter.error !== undefined) tests.push(({ id }) => failedSo(id))
  tests.push(...terms.map((term) => termTest(term, codes)))
  const [only] = tests
  return tests.length === 1 && only ? only : (row) => tests.every((test) => test(row))
}

function termTest(term: Term, codes: readonly Codes[]): Test {
  const test = positive(term, codes)
  return term.not ? (row) => !test(row) : test
}

function positive(term: Term, codes: readonly Codes[]): Test {
  switch (term.kind) {
    case 'text': {
      const inCodes = byCodes(codes, ({ text }) => text.includes(term.text))
      return (row) => inCodes(row) || row.url.includes(term.text) || row.error.includes(term.text)
    }
    case 'fuzzy': {
      const letters = Array.from(term.text)
      const inCodes = byCodes(codes, ({ text }) => inOrder(text, letters))
      return (row) => inCodes(row) || inOrder(row.url, letters) || inOrder(row.error, letters)
    }
    case 'words':
      return wordTest(term.field, term.words, codes)
    case 'range': {
      const number = NUMBERS[term.field]
      return (row) => {
        const value = number(row)
        return value >= term.from && value <= term.to
      }
    }
  }
}

function wordTest(field: WordField, words: readonly string[], codes: readonly Codes[]): Test {
  const wanted = new Set(words)
  switch (field) {
    case 'status':
      return isIn(wanted, ({ status }) => status)
    case 'class':
      return isIn(wanted, (row) => row.class)
    case 'check':
      return isIn(wanted, ({ check }) => check)
    case 'complete':
      return isIn<string>(wanted, ({ complete }) => complete)
    case 'url':
      return ({ url }) => words.some((word) => url.includes(word))
    case 'error':
      return ({ error }) => words.some((word) => error.includes(word))
    default:
      return byCodes(codes, (own) => wanted.has(fold(own[field])))
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
function byCodes(all: readonly Codes[], test: (codes: Codes) => boolean): Test {
  const known = all.map(test)
  return ({ codes }) => known[codes.index] ?? false
}
