import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CsvShape } from '../../src/csv/shape.ts'

function shape(text: string | Uint8Array) {
  const csv = new CsvShape()
  csv.add(Buffer.from(text as string))
  return csv.end()
}

test.each([
  ['a,b\n1,2\n', 1, true],
  ['a,b\r\n1,2\r\n3,4', 2, true],
  ['\ufeffa,b\n"1\n2",3\n', 1, true],
  ['a,b\n"x ""y""\n z",3\n', 1, true],
  ['a,b\n"",\n', 1, true],
  ['a;b\n"x;\n";3\n', 1, true],
  ['a\n5" pipe\n6" pipe\n', 2, true],
  ['a\n\n1\n\n\n', 1, true],
  ['a', 0, true],
  ['', 0, false],
  ['\ufeff', 0, false],
  ['\n\n', 0, false],
  [',,\n1,2,3\n', 1, false],
  ['""\n1\n', 1, false],
])('%j has %i rows, header %s', (text, rows, header) => {
  expect(shape(text)).toEqual({ rows, header, torn: false })
})

test('a file that ends inside a quoted field is torn', () => {
  expect(shape('a\n"1\n2\n').torn).toBe(true)
})

test('it counts what a CSV writer wrote, wherever the pieces are cut', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'ñ', ' ') })
  const rows = fc.array(fc.tuple(cell, cell), { maxLength: 20 })
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom(',', ';', '\t'),
      fc.integer({ min: 1, max: 9 }),
      (cells, delimiter, step) => {
        const bytes = Buffer.from(
          stringify([['one', 'two'], ...cells], { delimiter, quoted_match: /[\r\n]/ }),
        )
        const csv = new CsvShape()
        for (let at = 0; at < bytes.length; at += step) csv.add(bytes.subarray(at, at + step))
        expect(csv.end()).toEqual({ rows: cells.length, header: true, torn: false })
      },
    ),
  )
})
