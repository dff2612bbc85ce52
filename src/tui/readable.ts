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

/** `value` with every text in it, however deep, made readable. */
export function readableDeep<T>(value: T, readable: Readable): T {
  return deep(value, readable) as T
}

function deep(value: unknown, readable: Readable): unknown {
  if (typeof value === 'string') return readable(value)
  if (Array.isArray(value)) return value.map((each) => deep(each, readable))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, deep(each, readable)]))
}
