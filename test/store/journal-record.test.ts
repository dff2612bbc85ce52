import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode, encode, type JournalRecord } from '../../src/store/disk/journal-record.ts'

const header = { database: 'd', version: 6, after: 0 }
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(null),
)
const journal = fc
  .array(fc.array(fc.tuple(fc.string(), fc.array(value)), { maxLength: 3 }), { minLength: 1, maxLength: 4 })
  .map((records) => records.map((statements, at): JournalRecord => ({ seq: at + 1, statements })))

test('what is encoded is decoded, whatever room follows it', () => {
  fc.assert(
    fc.property(journal, fc.nat({ max: 100 }), (records, room) => {
      const bytes = Buffer.concat([header, ...records].map(encode))
      expect(decode(Buffer.concat([bytes], bytes.length + room))).toEqual({
        header,
        records: JSON.parse(JSON.stringify(records)),
        good: bytes.length,
        written: bytes.length,
      })
    }),
  )
})

test('cut at every byte, a journal gives exactly the records that are whole', () => {
  fc.assert(
    fc.property(journal, (records) => {
      const encoded = [header, ...records].map(encode)
      const bytes = Buffer.concat(encoded)
      const ends = encoded.map((_, at) => Buffer.concat(encoded.slice(0, at + 1)).length)
      for (let length = 0; length <= bytes.length; length++) {
        const whole = ends.filter((end) => end <= length)
        const { good, records: read } = decode(bytes.subarray(0, length))
        expect([good, read.length]).toEqual([whole.at(-1) ?? 0, Math.max(whole.length - 1, 0)])
      }
    }),
    { numRuns: 15 },
  )
})

test('a flipped bit ends a journal before the record it is in', () => {
  fc.assert(
    fc.property(journal, fc.nat(), (records, where) => {
      const encoded = [header, ...records].map(encode)
      const bytes = Buffer.concat(encoded)
      const at = where % bytes.length
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (where % 8)), at)
      const ends = encoded.map((_, index) => Buffer.concat(encoded.slice(0, index + 1)).length)
      expect(decode(bytes).good).toBe(ends.findLast((end) => end <= at) ?? 0)
    }),
    { numRuns: 500 },
  )
})

test('zeroes and nothing are no records', () => {
  const none = { header: undefined, records: [], good: 0, written: 0 }
  expect(decode(Buffer.alloc(0))).toEqual(none)
  expect(decode(Buffer.alloc(4096))).toEqual(none)
})
