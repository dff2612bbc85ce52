import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvRecord } from '../../scrapers/kit/csv-record.ts'

/** What texts of strangers are made of, where it matters. */
const text = fc.oneof(
  fc.string({
    unit: fc.constantFrom('"', ',', '\n', '\r', '\t', '=', '+', '-', '@', '＝', "'", ' ', 'a', 'ñ', '1'),
  }),
  fc.string({ unit: 'grapheme' }),
)
const cell = fc.oneof(
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constant(undefined),
)

test('a record is what csv-stringify writes, formulas escaped', () => {
  fc.assert(
    // A single empty cell is an empty line; no file has one column.
    fc.property(fc.array(cell, { minLength: 2, maxLength: 8 }), (cells) => {
      expect(csvRecord(cells)).toBe(stringify([cells], { escape_formulas: true }))
    }),
    { numRuns: 2000 },
  )
})

test.each([
  [['=1+1', -103.3, '-5', undefined, 'a "b"', 'c,d', 0], `'=1+1,-103.3,'-5,,"a ""b""","c,d",0\n`],
  [['dos\nlíneas', '＝1', ''], `"dos\nlíneas",'＝1,\n`],
])('%j', (cells, record) => {
  expect(csvRecord(cells)).toBe(record)
})
