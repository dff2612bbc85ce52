import { safe } from '../domain/safe.ts'

const MARKS = /\p{Mark}/gu
const NOT_ASCII = /[^\u0020-\u007e]/gu

/** Makes texts from outside fit for the screen. */
export type Readable = (text: string) => string

/** @param ascii letters lose their accents, what else is not ASCII becomes `?` */
export function createReadable(ascii: boolean): Readable {
  if (!ascii) return safe
  return (text) => safe(text).normalize('NFD').replace(MARKS, '').replace(NOT_ASCII, '?')
}
