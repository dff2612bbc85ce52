import { ZafraError } from './error.ts'
import { fold, isCode, parseSearch, type NumberField, type Term, type WordField } from './search.ts'

/** What a search sees of a row of a short list. */
export interface Searched {
  /** What words and letters are looked for in. */
  text: readonly string[]
  words?: Partial<Record<WordField, readonly string[]>>
  /** Null: there is none, which no range holds. */
  numbers?: Partial<Record<NumberField, number | null>>
}

/** Whether a row is chosen; a field that it does not have is empty. */
export function matches(terms: readonly Term[], row: Searched): boolean {
  return terms.every((term) => term.not !== holds(term, row))
}

/** As `parseSearch`, for a list that has these fields alone. @throws ZafraError `usage` */
export function parseSearchOf(fields: readonly (WordField | NumberField)[], search: string): Term[] {
  const terms = parseSearch(search)
  for (const term of terms) {
    if (term.kind !== 'words' && term.kind !== 'range') continue
    if (fields.includes(term.field)) continue
    throw new ZafraError('usage', `this list has no ${term.field}: it has ${fields.join(', ')}`)
  }
  return terms
}

function holds(term: Term, { text, words = {}, numbers = {} }: Searched): boolean {
  switch (term.kind) {
    case 'text':
      return text.some((each) => fold(each).includes(term.text))
    case 'fuzzy':
      return text.some((each) => inOrder(fold(each), Array.from(term.text)))
    case 'words': {
      const own = (words[term.field] ?? []).map(fold)
      const found = isCode(term.field)
        ? (word: string) => own.includes(word)
        : (word: string) => own.some((each) => each.includes(word))
      return term.words.some(found)
    }
    case 'range': {
      const number = numbers[term.field] ?? Number.NaN
      return number >= term.from && number <= term.to
    }
  }
}

/** Whether `letters` stand in `text` in this order, whatever is between them. */
export function inOrder(text: string, letters: readonly string[]): boolean {
  let from = 0
  for (const letter of letters) {
    const at = text.indexOf(letter, from)
    if (at < 0) return false
    from = at + letter.length
  }
  return true
}
