import type { load } from './css.ts'

const NOTHING_FOUND =
  /\bno (?:se )?(?:encontr|hay|hemos encontrado|tenemos)[^.]{0,40}(?:resultados|propiedades|inmuebles|anuncios)|\bsin resultados/i

/** Whether a portal says in `words` that a search found nothing. */
export function saysNothing(words: string): boolean {
  return NOTHING_FOUND.test(words)
}

/** What a page without listings says of the list. */
export interface Frame {
  /** Number of the page, from 1. */
  number: number
  /** How many listings the page says that the list has. */
  total: number | undefined
  /** How many of them a page shows; absent for a portal that counts more than it ever shows. */
  size?: number
  /** What leads to a listing. Where one is left, the list is not empty but laid out in another way. */
  listings: string
}

/**
 * Whether a page without a card is the portal's own page of an empty list, or past a list's end. It has to say so itself,
 * in words or by a count that earlier pages have used up: a wall and a page that scripts fill later have no cards either.
 */
export function isEmptyList($: ReturnType<typeof load>, { number, total, size, listings }: Frame): boolean {
  if ($(listings).length > 0) return false
  if (saysNothing($.root().text())) return true
  return total !== undefined && (total === 0 || (number > 1 && (!size || total <= number * size)))
}

/** The page of a list that an address with `name=N` is of. */
export function numberIn(url: URL, name: string): number {
  const number = Number(url.searchParams.get(name) ?? 1)
  return Number.isSafeInteger(number) && number > 0 ? number : 1
}
