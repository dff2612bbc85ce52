const DOUBLE_ENCODED = /[\u00c2-\u00f4][\u0080-\u00bf]/
const BEYOND_LATIN1 = /[^\u0000-\u00ff]/
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * `JuanacatlÃ¡n` → `Juanacatlán`: text that was UTF-8, was read as latin1 and was written as UTF-8 again. Text
 * that is right as it stands, `Zuñiga`, is no valid UTF-8 in latin1's bytes and stays (source: sites.md).
 */
export function repairEncoding(text: string): string {
  if (!DOUBLE_ENCODED.test(text) || BEYOND_LATIN1.test(text)) return text
  try {
    return utf8.decode(Buffer.from(text, 'latin1'))
  } catch {
    return text
  }
}

/** What two spellings of one name have in common: no case, no accents; `_`, hyphens and white space are all one blank. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[_\-\s]+/g, ' ')
    .trim()
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g

/** Without the characters of no width that come along when a page is copied into a sheet. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, '')
}

/** A foreign text as a message shows it: quoted, control characters escaped, cut to a length a person reads. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text)
}
