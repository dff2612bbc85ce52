const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** What most texts are already: visible characters of Western languages, parted by single spaces. */
const CLEAN = /^[!-~\u00a1-\u00ac\u00ae-\u02af]+(?: [!-~\u00a1-\u00ac\u00ae-\u02af]+)*$/
const MARKUP = /[<&]/

/** A text of a page as one clean line; undefined when nothing is left. */
export function text(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  if (typeof value === 'number') return String(value)
  if (CLEAN.test(value)) return value
  const clean = value.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Z}\s]+/gu, ' ').trim()
  return clean || undefined
}

/** As `text`, for what an advertiser wrote: tags and entities gone. */
export function prose(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  if (!MARKUP.test(value)) return text(value)
  const plain = value
    .replace(/<[^<>]{0,200}>/g, ' ')
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '')
  return text(plain)
}

/** What is there of several texts, parted by commas. */
export function joined(...values: unknown[]): string | undefined {
  return values.map(text).filter(Boolean).join(', ') || undefined
}

/** A source's own key of a listing: letters, digits, `_` and `-`; undefined for anything else. */
export function identifier(value: unknown): string | undefined {
  const key = text(value)
  return key && /^[A-Za-z0-9][\w-]{0,63}$/.test(key) ? key : undefined
}
