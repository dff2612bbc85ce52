import { crc32 } from 'node:zlib'
import type { SqlValue } from '../memory.ts'

export type Statement = readonly [sql: string, parameters: readonly SqlValue[]]

/** The first record of a journal. */
export interface JournalHeader {
  /** The database it belongs to. */
  database: string
  /** The schema version its statements are for. */
  version: number
  /** The journal goes on after this record: what an older journal holds beyond it was never acknowledged. */
  after: number
}

/** One acknowledged transaction. */
export interface JournalRecord {
  /** Grows by one per transaction over the life of the database. */
  seq: number
  statements: readonly Statement[]
}

/** Length and CRC-32 of the payload, both little-endian, 4 bytes each. */
const PREFIX = 8

/** How the payload of every record begins, the header's apart. */
const RECORD_START = '{"seq":'

/** `[length][crc32][payload]`; the payload is JSON. */
export function encode(payload: JournalHeader | JournalRecord): Uint8Array {
  const text = Buffer.from(JSON.stringify(payload))
  const prefix = Buffer.alloc(PREFIX)
  prefix.writeUInt32LE(text.length, 0)
  prefix.writeUInt32LE(crc32(text), 4)
  return Buffer.concat([prefix, text])
}

/** What a journal holds. */
export interface Decoded {
  header: JournalHeader | undefined
  /** The whole, undamaged records from the beginning. */
  records: JournalRecord[]
  /** How many bytes they take. */
  good: number
  /** How many bytes there are without the zeroes at the end, the room for more. */
  written: number
  /** The last whole record after something that is none: a write that was cut short has nothing after it. */
  stray: JournalRecord | undefined
}

export function decode(bytes: Uint8Array): Decoded {
  const payloads: unknown[] = []
  let good = 0
  for (let payload = payloadAt(bytes, 0); payload; payload = payloadAt(bytes, good)) {
    payloads.push(parse(payload))
    good += PREFIX + payload.length
  }
  const [header, ...records] = payloads as [JournalHeader | undefined, ...JournalRecord[]]
  return { header, records, good, written: writtenOf(bytes, good), stray: lastRecordAfter(bytes, good) }
}

/** The payload of the record at `at`, if a whole and undamaged one begins there. */
function payloadAt(bytes: Uint8Array, at: number): Uint8Array | undefined {
  if (at + PREFIX > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = view.getUint32(at, true)
  const payload = bytes.subarray(at + PREFIX, at + PREFIX + length)
  // A tail of zeroes reads as empty records with the right checksum.
  if (length === 0 || payload.length < length) return undefined
  return crc32(payload) === view.getUint32(at + 4, true) ? payload : undefined
}

function writtenOf(bytes: Uint8Array, good: number): number {
  let end = bytes.length
  while (end > good && bytes[end - 1] === 0) end--
  return end
}

function lastRecordAfter(bytes: Uint8Array, good: number): JournalRecord | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const begins = (before: number) => buffer.lastIndexOf(RECORD_START, before)
  for (let at = begins(buffer.length); at >= good + PREFIX; at = begins(at - 1)) {
    const payload = payloadAt(bytes, at - PREFIX)
    if (payload) return parse(payload) as JournalRecord
  }
  return undefined
}

function parse(payload: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(payload))
}
