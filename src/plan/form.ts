import { open } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { DELIMITERS } from '../csv/dialect.ts'
import { FORMAT_BYTES, foreignFormat } from '../csv/format.ts'
import type { Encoding } from '../csv/read.ts'
import { missingHeadings, readHeader } from './columns.ts'

/** How a list is written. */
export interface Form {
  encoding: Encoding
  /** What it is that is no list ("an HTML page"); undefined where it is one. */
  foreign: string | undefined
  /** Of the header, where it was found among the first lines; what stands above it is a title. */
  header: { line: number; delimiter: string } | undefined
}

/** Bytes at the beginning in which the header is looked for, and lines of them. */
const HEAD = 64 * 1024
const MOST_TITLE_LINES = 20

/**
 * What the bytes of a list say of it: valid UTF-8 is read as such, UTF-16 with or without a byte order mark as that,
 * anything else as windows-1252.
 */
export async function formOf(path: string): Promise<Form> {
  const head = await headOf(path)
  const utf16 = utf16Of(head)
  const encoding = utf16 ?? ((await isUtf8(path)) ? 'utf8' : 'windows-1252')
  const text = new TextDecoder(encoding === 'utf8' ? 'utf-8' : encoding).decode(head)
  const header = headerIn(text)
  // A list that names a column is one, whatever byte has come into it. A page in UTF-16 is a page as well.
  const bytes = utf16 ? Buffer.from(text.slice(0, FORMAT_BYTES)) : head.subarray(0, FORMAT_BYTES)
  return { encoding, foreign: namesColumn(text) ? undefined : foreignFormat(bytes), header }
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Names of columns and addresses are ASCII: in UTF-16 nearly every second byte is zero, always on the same side. */
function utf16Of(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = head
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const pairs = head.length / 2
  if (odd > pairs * 0.7 && even < pairs * 0.05) return 'utf-16le'
  return even > pairs * 0.7 && odd < pairs * 0.05 ? 'utf-16be' : undefined
}

async function isUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      decoder.decode(chunk, { stream: true })
    }
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

function namesColumn(text: string): boolean {
  return linesOf(text).some((line) =>
    DELIMITERS.some((each) => Object.keys(readHeader(cellsOf(line, each)).at).length > 1),
  )
}

function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/, MOST_TITLE_LINES)
}

function cellsOf(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
}

/** The first line that names every column a row needs, by whatever separates its cells. */
function headerIn(text: string): Form['header'] {
  for (const [index, line] of linesOf(text).entries()) {
    const delimiter = DELIMITERS.find((each) => missingHeadings(readHeader(cellsOf(line, each))).length === 0)
    if (delimiter !== undefined) return { line: index + 1, delimiter }
  }
  return undefined
}
