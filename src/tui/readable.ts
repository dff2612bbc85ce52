import { safe } from '../domain/safe.ts'

const MARKS = /\p{Mark}/gu
const NOT_ASCII = /[^\u0020-\u007e]/gu

/** Makes texts from outside fit for the screen. */
export type Readable = (text: string) => string

/** @param ascii as `toAscii` makes them */
export function createReadable(ascii: boolean): Readable {
  return ascii ? (text) => toAscii(safe(text)) : safe
}

/** Letters lose their accents, what else is not ASCII becomes `?`. */
export function toAscii(text: string): string {
  return text.normalize('NFD').replace(MARKS, '').replace(NOT_ASCII, '?')
}
