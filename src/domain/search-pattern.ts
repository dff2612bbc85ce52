import { fold } from './search.ts'

/** Latin, Greek and Cyrillic letters, where accents are. */
const ACCENTED = { from: 0x80, to: 0x2fff }

/**
 * Finds `text` as searches compare it (`fold`), but in a text as it is, so that the places are those of the text and a
 * whole log need not be folded. What folds to nothing is nowhere.
 */
export function searchPattern(text: string): RegExp {
  const letters = Array.from(fold(text), patternOf)
  return letters.length === 0 ? /(?!)/gu : new RegExp(letters.join(''), 'gu')
}

function patternOf(letter: string): string {
  const own = new Set([letter, letter.toUpperCase()].filter((each) => each.length === letter.length))
  const any = `[${[...own, ...(accented().get(letter) ?? [])].map(literal).join('')}]`
  // With a tilde of its own behind it, n is ñ.
  if (letter === 'n') return String.raw`(?![nN]\u0303)${any}\p{M}*`
  return letter === 'ñ' ? String.raw`(?:${any}|[nN]\u0303)\p{M}*` : String.raw`${any}\p{M}*`
}

function literal(letter: string): string {
  return letter.replace(/[\\^\]-]|\[/, String.raw`\$&`)
}

let known: ReadonlyMap<string, readonly string[]> | undefined

/** By folded letter, all that fold to it. */
function accented(): ReadonlyMap<string, readonly string[]> {
  return (known ??= Map.groupBy(
    Array.from({ length: ACCENTED.to - ACCENTED.from }, (_, at) => String.fromCharCode(ACCENTED.from + at)),
    fold,
  ))
}
