const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** A text of a page as one clean line; undefined when nothing is left. */
export function text(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  if (typeof value === 'number') return String(value)
  const clean = value.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Z}\s]+/gu, ' ').trim()
  return clean || undefined
}

/** As `text`, for what an advertiser wrote: tags and entities gone. */
export function prose(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
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
