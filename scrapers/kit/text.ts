import { decodeHTML } from 'entities'
import { goesOn, Seam } from './words.ts'

/** What most texts are already: visible characters of Western languages, parted by single spaces. */
const CLEAN = /^[!-~\u00a1-\u00ac\u00ae-\u02af]+(?: [!-~\u00a1-\u00ac\u00ae-\u02af]+)*$/
const MARKUP = /[<&]/
/** Where a browser may break a line, and shows nothing otherwise. */
const MAY_BREAK = /(.?)\u200b+(?=(.?.?))/gsu
/** Marks that nobody sees, of how to write and to break what is around them. */
const INVISIBLE = /\p{Cf}+/gu
const BLANKS = /[\p{Cc}\p{Cs}\p{Z}\s]+/gu

/** A text of a page as one clean line; undefined when nothing is left. */
export function text(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  if (typeof value === 'number') return String(value)
  if (CLEAN.test(value)) return value
  const unbroken = value.includes('\u200b') ? value.replace(MAY_BREAK, orBlank) : value
  return unbroken.replace(INVISIBLE, '').replace(BLANKS, ' ').trim() || undefined
}

function orBlank(_: string, before: string, after: string): string {
  return goesOn(before, after) || (before === ',' && /^\d/.test(after)) ? before : `${before} `
}

const TAG = /<!--|-->|<(\/?)([a-z][a-z\d-]*)\b[^<>]{0,1000}>/gi

const UNSEEN_TO: ReadonlyMap<string, string> = new Map([
  ['<!--', '-->'],
  ['script', '/script'],
  ['style', '/style'],
])

/** As `text`, for what an advertiser wrote: tags and entities gone, also those that were written as entities. */
export function prose(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  if (!MARKUP.test(value)) return text(value)
  const plain = decodeHTML(withoutTags(value))
  return text(MARKUP.test(plain) ? decodeHTML(withoutTags(plain)) : plain)
}

/** Words that tags part are parted by a blank instead; comments, scripts and styles are left out. */
function withoutTags(value: string): string {
  const seam = new Seam()
  let plain = ''
  let from = 0
  /** The tag that ends what nobody sees. */
  let unseenTo: string | undefined
  const add = (piece: string) => {
    if (piece && !unseenTo) plain += seam.parts(plain, piece) ? ` ${piece}` : piece
  }
  for (const { index, 0: tag, 1: slash = '', 2: name } of value.matchAll(TAG)) {
    add(value.slice(from, index))
    from = index + tag.length
    const id = slash + (name?.toLowerCase() ?? tag)
    if (unseenTo) unseenTo = id === unseenTo ? undefined : unseenTo
    else if (UNSEEN_TO.has(id)) unseenTo = UNSEEN_TO.get(id)
    else if (name) seam.pass(name.toLowerCase(), slash !== '')
  }
  add(value.slice(from))
  return plain
}

/** What is there of several texts, parted by commas. */
export function joined(...values: unknown[]): string | undefined {
  return values.map(text).filter(Boolean).join(', ') || undefined
}

/**
 * A source's own key of a listing: letters, digits, `_` and `-`; undefined for anything else, such as a number that is
 * too great to have kept its digits.
 */
export function identifier(value: unknown): string | undefined {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return undefined
  const key = text(value)
  return key && /^[A-Za-z0-9][\w-]{0,63}$/.test(key) ? key : undefined
}
