import { crc32 } from 'node:zlib'
import type { SqlValue } from './memory.ts'

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

/** `[length][crc32][payload]`; the payload is JSON. */
export function encode(payload: JournalHeader | JournalRecord): Uint8Array {
  const text = Buffer.from(JSON.stringify(payload))
  const prefix = Buffer.alloc(PREFIX)
  prefix.writeUInt32LE(text.length, 0)
  prefix.writeUInt32LE(crc32(text), 4)
  return Buffer.concat([prefix, text])
}

/** The whole, undamaged records from the beginning, and how many bytes they take. */
export function decode(bytes: Uint8Array): {
  header: JournalHeader | undefined
  records: JournalRecord[]
  good: number
} {
  const { buffer, byteOffset, byteLength } = bytes
  const view = new DataView(buffer, byteOffset, byteLength)
  const payloads: unknown[] = []
  let good = 0
  while (good + PREFIX <= bytes.length) {
    const length = view.getUint32(good, true)
    const payload = bytes.subarray(good + PREFIX, good + PREFIX + length)
    // A tail of zeroes reads as empty records with the right checksum.
    if (length === 0 || payload.length < length || crc32(payload) !== view.getUint32(good + 4, true)) break
    payloads.push(JSON.parse(new TextDecoder().decode(payload)))
    good += PREFIX + length
  }
  const [header, ...records] = payloads as [JournalHeader | undefined, ...JournalRecord[]]
  return { header, records, good }
}
