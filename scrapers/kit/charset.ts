import { TextDecoder } from 'node:util'

const META = /<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)/i

/** What windows-1252 has at 0x80 to 0x9f. Older decoders of Node take it for latin1, which has controls there. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/**
 * The text of a page: by its byte order mark, the header or the first `<meta charset>`. Between UTF-8 and windows-1252
 * the bytes themselves decide: pages declare either for the other, or neither.
 */
export function decodeText(body: Buffer, contentType: string | undefined): string {
  const declared = /charset\s*=\s*["']?([\w:.-]+)/i.exec(contentType ?? '')?.[1]
  const label = declared ?? META.exec(body.toString('latin1', 0, 4096))?.[1] ?? 'utf-8'
  const encoding = markedEncoding(body) ?? encodingOf(label)
  if (encoding !== 'utf-8' && encoding !== 'windows-1252') return new TextDecoder(encoding).decode(body)
  const text = new TextDecoder().decode(body)
  return isUtf8(text, body) ? text : windows1252(body)
}

function markedEncoding(body: Buffer): string | undefined {
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le'
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be'
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 'utf-8' : undefined
}

function encodingOf(label: string): string {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return 'utf-8'
  }
}

/** A single broken character (a text cut in the middle of one) makes no page another charset. */
function isUtf8(text: string, body: Buffer): boolean {
  const broken = count(text, /\ufffd/g) - count(body.toString('latin1'), /\xef\xbf\xbd/g)
  return broken <= 0 || broken < count(text, /[^\0-\x7f\ufffd]/g)
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function windows1252(body: Buffer): string {
  const between = (character: string) => WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character
  return body.toString('latin1').replace(/[\x80-\x9f]/g, between)
}
