import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsv } from '../../src/checks/csv/read.ts'
import { MAX_RECORD, Records } from '../../src/checks/csv/records.ts'
import { CsvShape } from '../../src/runner/csv-shape.ts'
import { folder } from './support.ts'

function cut(pieces: readonly string[], delimiter = ','): string[][] {
  const records: string[][] = []
  const cutter = new Records(delimiter, (cells) => void records.push(cells))
  for (const piece of pieces) cutter.add(piece)
  cutter.end()
  return records
}

const cell = fc.string({ unit: fc.constantFrom('a', 'ñ', '"', ',', '\n', '\r', ' ', '😀'), maxLength: 6 })
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((columns) => fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { maxLength: 6 }))

test('whatever is written is read, however it is cut into pieces', () => {
  fc.assert(
    fc.property(table, fc.array(fc.nat(200), { maxLength: 8 }), (rows, cuts) => {
      const text = stringify(rows, { quoted_match: /./ })
      const places = [0, ...cuts.map((at) => at % (text.length + 1)).sort((a, b) => a - b), text.length]
      const pieces = places.slice(1).map((to, at) => text.slice(places[at], to))
      expect(cut(pieces)).toEqual(parse(text, { skip_empty_lines: true }))
    }),
  )
})

test('it counts as the shape of the file is counted', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n'), maxLength: 40 })
  fc.assert(
    fc.property(text, (body) => {
      const shape = new CsvShape()
      shape.add(Buffer.from(`h\n${body}`))
      const { rows, torn } = shape.end()
      fc.pre(!torn)
      expect(cut([`h\n${body}`]).length - 1).toBe(rows)
    }),
  )
})

test.each([
  ['a;b\n1;2\n', ['a', 'b'], [['1', '2']]],
  ['a\tb\r\n1\t"x\r\ny"\r\n', ['a', 'b'], [['1', 'x\r\ny']]],
  ['\uFEFF"a","b"\n1,2', ['a', 'b'], [['1', '2']]],
  ['\n\na|b\n\n1|5" pipe\n', ['a', 'b'], [['1', '5" pipe']]],
  ['a', ['a'], []],
  ['"a;b",c\n1,2\n', ['a;b', 'c'], [['1', '2']]],
])('%j is read by its own delimiter', async (text, columns, rows) => {
  const file = join(folder(), 'a.csv')
  writeFileSync(file, text)
  const read = { columns: [] as string[], rows: [] as string[][] }
  const end = await readCsv(file, {
    onHeader: (header) => void (read.columns = header.columns),
    onRow: (cells) => void read.rows.push(cells),
  })
  expect({ ...read, end }).toEqual({ columns, rows, end: 'whole' })
})

test('a quote that nobody closes is no reason to hold the whole file', () => {
  const cutter = new Records(',', () => {})
  const piece = 'x'.repeat(64 * 1024)
  let pieces = 0
  while (cutter.add(pieces === 0 ? `"${piece}` : piece)) pieces += 1
  expect(pieces * piece.length).toBeLessThanOrEqual(MAX_RECORD)
})

test('a file without a line break is not held whole either', async () => {
  const file = join(folder(), 'endless.csv')
  writeFileSync(file, 'a')
  truncateSync(file, 2 ** 30)
  expect(await readCsv(file, { onHeader: () => {}, onRow: () => {} })).toBe('torn')
})
