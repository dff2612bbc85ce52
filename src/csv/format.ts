/** Files that begin with these bytes are no text. */
const BINARY: readonly [name: string, bytes: readonly number[]][] = [
  ['a gzip archive', [0x1f, 0x8b]],
  ['an xz archive', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['a bzip2 archive', [0x42, 0x5a, 0x68]],
  ['a Zstandard archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['a 7-Zip archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['an Excel workbook (.xls)', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31]],
  ['an Arrow file', [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]],
  ['an Avro file', [0x4f, 0x62, 0x6a, 0x01]],
  ['a SQLite database', [...Buffer.from('SQLite format 3\0')]],
  ['a PDF', [...Buffer.from('%PDF-')]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a Python pickle', [0x80, 0x04, 0x95]],
  ['a Python pickle', [0x80, 0x05, 0x95]],
]
const ZIP = [0x50, 0x4b, 0x03, 0x04]
/** A workbook is a ZIP archive whose first entry is one of these. */
const WORKBOOK = /\[Content_Types\]\.xml|_rels\/|xl\/|docProps\//

/** How texts begin that are no CSV; white space before it is left out. */
const TEXTS: readonly [name: string, begins: RegExp][] = [
  [
    'an HTML page',
    /^(?:<!--(?:(?!-->)[^])*-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|script|div|table|main|p)\b/i,
  ],
  ['XML', /^<(?:\?xml|[a-z_][\w.:-]*(?:\s+[\w.:-]+\s*=\s*["'][^<]*)?>)/i],
  ['a JSON array', /^\[\s*(?:[[{\]"]|-?\d|null\b|true\b|false\b)/],
  ['JSON Lines', /^\{[^\r\n]*\}[ \t]*[\r\n]+\s*\{/],
  ['a JSON object', /^\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})/],
  ['Python dictionaries', /^\{\s*'(?:[^'\\]|\\.)*'\s*:/],
  ['SQL', /^(?:create\s+table|insert\s+into|begin\s+transaction|pragma\s+\w+\s*=)\b/i],
  ['an error message', /^Traceback \(most recent call last\):/],
]

/** Bytes that tell it, if anything does. */
export const FORMAT_BYTES = 4096

/**
 * What a file is that is no CSV, as a person calls it ("JSON Lines"); undefined where nothing speaks against CSV.
 * @param head the first FORMAT_BYTES of it, or all there are
 */
export function foreignFormat(head: Uint8Array): string | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  return binaryFormat(bytes) ?? textFormat(bytes)
}

function binaryFormat(bytes: Buffer): string | undefined {
  const begins = (signature: readonly number[]) =>
    bytes.length >= signature.length && signature.every((byte, at) => bytes[at] === byte)
  if (begins(ZIP))
    return WORKBOOK.test(bytes.toString('latin1')) ? 'an Excel workbook (.xlsx)' : 'a ZIP archive'
  const known = BINARY.find(([, signature]) => begins(signature))
  if (known) return known[0]
  if (begins([0xff, 0xfe]) || begins([0xfe, 0xff])) return 'UTF-16 text'
  if (!bytes.includes(0)) return undefined
  return isUtf16(bytes) ? 'UTF-16 text' : 'binary data'
}

/** Text of the West in UTF-16 has a zero in most of its pairs, always on the same side. */
function isUtf16(bytes: Buffer): boolean {
  const pairs = Math.floor(bytes.length / 2)
  const zeros = [0, 0]
  for (let at = 0; at < pairs * 2; at++) if (bytes[at] === 0) zeros[at % 2]!++
  const [high = 0, low = 0] = zeros
  return Math.max(high, low) > pairs * 0.7 && Math.min(high, low) < pairs * 0.05
}

function textFormat(bytes: Buffer): string | undefined {
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  return TEXTS.find(([, begins]) => begins.test(text))?.[0]
}
