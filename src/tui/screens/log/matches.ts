import { searchPattern } from '../../../domain/search-pattern.ts'
import type { Style } from '../../style.ts'
import type { Span } from '../../theme.ts'

/** Characters of a text, `to` not included. */
export interface Range {
  from: number
  to: number
}

/** Where `search` stands in a text, letter case and accents ignored. */
export function finder(search: string): (text: string) => Range[] {
  if (search === '') return () => []
  const pattern = searchPattern(search)
  return (text) =>
    Array.from(text.matchAll(pattern), ({ index, 0: { length } }) => ({ from: index, to: index + length }))
}

/** One piece of `text`, with the matches in it set off. */
export function highlighted(text: string, matches: readonly Range[], piece: Range, style: Style): Span[] {
  const spans: Span[] = []
  let at = piece.from
  for (const match of matches) {
    const from = Math.max(match.from, piece.from)
    const to = Math.min(match.to, piece.to)
    if (from >= to) continue
    if (from > at) spans.push({ text: text.slice(at, from), style })
    spans.push({ text: text.slice(from, to), style: 'selected' })
    at = to
  }
  return [...spans, { text: text.slice(at, piece.to), style }]
}
