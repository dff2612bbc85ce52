import { safe } from '../domain/safe.ts'
import { isNarrow } from './text.ts'

const MARKS = /\p{Mark}/gu
const NOT_ASCII = /[^\u0020-\u007e]/gu
/** Of one cell each, but fewer together with the next or the one before (Unicode's Prepend, and two vowels). */
const JOINING =
  /[\u0d4e\u0e33\u0eb3\u{111c2}\u{111c3}\u{113d1}\u{1193f}\u{11941}\u{11a84}-\u{11a89}\u{11d46}\u{11f02}]/gu
const SKIN_TONES = /[\u{1f3fb}-\u{1f3ff}]/gu

/** Makes texts from outside fit for the screen. */
export type Readable = (text: string) => string

/** @param ascii as `toAscii` makes them */
export function createReadable(ascii: boolean): Readable {
  return ascii ? (text) => toAscii(safe(text)) : (text) => apart(safe(text))
}

/** No character joins what it is put beside: a text takes as many cells in a row of others as by itself. */
function apart(text: string): string {
  return isNarrow(text) ? text : text.replace(JOINING, '\ufffd').replace(SKIN_TONES, '')
}

/** Letters lose their accents, what else is not ASCII becomes `?`. */
export function toAscii(text: string): string {
  return text.normalize('NFD').replace(MARKS, '').replace(NOT_ASCII, '?')
}
