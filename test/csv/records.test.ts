import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CsvCutter } from '../../src/csv/cutter.ts'
import { csvHead } from '../../src/csv/head.ts'
import { readCsv, type Encoding } from '../../src/csv/read.ts'
import { MAX_RECORD } from '../../src/csv/records.ts'
import { CsvShape } from '../../src/csv/shape.ts'
import { folder } from '../checks/support.ts'

interface Read {
  records: string[][]
  lines: number[]
  raw: string[]
  torn: number | null
}

/** Reads a text that comes in pieces. */
function cut(pieces: readonly string[]): Read {
  const read: Read = { records: [], lines: [], raw: [], torn: null }
  const take = (cells: string[], raw: string, line: number) => {
    read.records.push(cells)
    read.raw.push(raw)
    read.lines.push(line)
  }
  const cutter = new CsvCutter({
    onHeader: ({ columns, raw, line }) => take(columns, raw, line),
    onRow: take,
  })
  for (const piece of pieces) cutter.add(piece)
  cutter.end()
  return { ...read, torn: cutter.torn }
}

function piecesOf(text: string, cuts: readonly number[]): string[] {
  const places = [0, ...cuts.map((at) => at % (text.length + 1)).toSorted((a, b) => a - b), text.length]
  return places.slice(1).map((to, at) => text.slice(places[at], to))
}

const cuts = fc.array(fc.nat(300), { maxLength: 12 })
const cell = fc.string({
  unit: fc.constantFrom('a', 'ñ', '"', ',', ';', '\t', '|', '\n', '\r', ' ', '😀'),
  maxLength: 6,
})
/** A header that is one, and rows of as many cells. */
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((columns) =>
    fc
      .array(fc.array(cell, { minLength: columns, maxLength: columns }), { maxLength: 6 })
      .map((rows) => [Array.from({ length: columns }, (_, at) => `c${at}`), ...rows]),
  )
const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  record_delimiter: fc.constantFrom('\n', '\r\n', '\r'),
  mark: fc.boolean(),
  named: fc.boolean(),
})

test('what a writer writes in any dialect is read as csv-parse reads it, however it is cut into pieces', () => {
  fc.assert(
    fc.property(table, dialect, cuts, (rows, { delimiter, record_delimiter, mark, named }, places) => {
      const body = stringify(rows, { delimiter, record_delimiter, quoted_match: /[^]/ })
      const lead = named ? `sep=${delimiter}${record_delimiter}` : ''
      const text = (mark ? '\uFEFF' : '') + lead + body
      const { records, torn } = cut(piecesOf(text, places))
      expect(torn).toBeNull()
      // One column shows no delimiter.
      const separates = named || rows[0]?.length !== 1 ? delimiter : ','
      expect(records).toEqual(parse(body, { delimiter: separates, record_delimiter, skip_empty_lines: true }))
    }),
    { numRuns: 500 },
  )
})

test('whatever stands in a text, where it is cut into pieces makes no difference', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('a', '"', '""', ',', ';', '\n', '\r', '\r\n', ' ', 'sep=;', '\uFEFF', '\n\n', '=1'),
    maxLength: 60,
  })
  fc.assert(
    fc.property(hostile, cuts, (text, places) => {
      expect(cut(piecesOf(text, places))).toEqual(cut([text]))
    }),
    { numRuns: 2000 },
  )
})

test('the lines on which records begin are those of the text', () => {
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, newline, named) => {
      const bodies = rows.map((row) =>
        stringify([row.map((each) => each.replaceAll('\r', ''))], {
          record_delimiter: newline,
          quoted_match: /[^]/,
        }),
      )
      const text = (named ? `sep=,${newline}` : '') + bodies.join(newline)
      const { lines, raw } = cut([text])
      const all = text.split('\n')
      for (const [at, line] of lines.entries()) {
        expect(all[line - 1]?.replace(/\r$/, '')).toBe(raw[at]?.split('\n')[0]?.replace(/\r$/, ''))
      }
    }),
  )
})

test('heads and shapes are those of the whole', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n'), maxLength: 40 })
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 7 }), (body, step) => {
      const { records, torn } = cut([body])
      expect(csvHead(body, Infinity, true)).toEqual(records)
      const shape = new CsvShape()
      for (let at = 0; at < body.length; at += step) shape.add(Buffer.from(body.slice(at, at + step)))
      const facts = shape.end()
      expect(facts).toMatchObject({ rows: Math.max(records.length - 1, 0), torn: torn !== null })
    }),
  )
})

async function readText(text: string | Uint8Array, encoding: Encoding = 'utf8') {
  const file = join(folder(), 'a.csv')
  writeFileSync(file, text)
  const read = { columns: [] as string[], rows: [] as string[][] }
  const end = await readCsv(file, {
    encoding,
    onHeader: ({ columns }) => void (read.columns = columns),
    onRow: (cells) => void read.rows.push(cells),
  })
  return { ...read, ...end }
}

describe('a file', () => {
  test.each<[string, string[], string[][]]>([
    ['a;b\n1;2\n', ['a', 'b'], [['1', '2']]],
    ['a\tb\r\n1\t"x\r\ny"\r\n', ['a', 'b'], [['1', 'x\r\ny']]],
    ['\uFEFF"a","b"\n1,2', ['a', 'b'], [['1', '2']]],
    ['\n\na|b\n\n1|5" pipe\n', ['a', 'b'], [['1', '5" pipe']]],
    ['a', ['a'], []],
    ['', [], []],
    ['"a;b",c\n1,2\n', ['a;b', 'c'], [['1', '2']]],
    ['sep=;\na;b,c\n1;2\n', ['a', 'b,c'], [['1', '2']]],
    ['"sep=;"\r\na;b\r\n', ['a', 'b'], []],
    ['sep=^\na^b\n1^2\n', ['a', 'b'], [['1', '2']]],
    ['sep=;', [], []],
    ['a,b\r1,"x\ny"\r', ['a', 'b'], [['1', 'x\ny']]],
    ['\tb\tc\n1\t2\t3\n', ['', 'b', 'c'], [['1', '2', '3']]],
  ])('%j is read by its own delimiter and line ends', async (text, columns, rows) => {
    expect(await readText(text)).toEqual({ columns, rows, torn: null })
  })

  test.each<[Encoding, Uint8Array]>([
    ['utf8', Buffer.from('año,b\nñ,2\n')],
    ['windows-1252', Buffer.from('año,b\nñ,2\n', 'latin1')],
    ['utf-16le', Buffer.from('\uFEFFaño,b\nñ,2\n', 'utf16le')],
    ['utf-16be', Buffer.from('\uFEFFaño,b\nñ,2\n', 'utf16le').swap16()],
  ])('is read in %s', async (encoding, bytes) => {
    expect(await readText(bytes, encoding)).toEqual({ columns: ['año', 'b'], rows: [['ñ', '2']], torn: null })
  })

  test('that is torn says where, and nothing of the torn row and after it is told', async () => {
    expect(await readText('a,b\n1,2\n\n3,"4\n5,6\n')).toEqual({
      columns: ['a', 'b'],
      rows: [['1', '2']],
      torn: 4,
    })
  })

  test('without a line break is not held whole', async () => {
    const file = join(folder(), 'endless.csv')
    writeFileSync(file, 'a')
    truncateSync(file, 2 ** 30)
    expect(await readCsv(file, { onHeader: () => {}, onRow: () => {} })).toEqual({ torn: 1 })
  })

  test('of which a reader has enough is read no further', async () => {
    const file = join(folder(), 'large.csv')
    writeFileSync(file, 'a\n1\n')
    truncateSync(file, 2 ** 30)
    let rows = 0
    await readCsv(file, { onHeader: () => {}, onRow: () => ++rows < 1 })
    expect(rows).toBe(1)
  })
})

test('a quote that nobody closes is no reason to hold the whole file', () => {
  const cutter = new CsvCutter({ onHeader: () => {}, onRow: () => {} })
  const piece = 'x'.repeat(64 * 1024)
  let pieces = 0
  while (cutter.add(pieces === 0 ? `a\n"${piece}` : piece)) pieces += 1
  expect(pieces * piece.length).toBeLessThanOrEqual(MAX_RECORD)
  expect(cutter.torn).toBe(2)
})

test('a record that is too long is torn, whether it comes whole or in pieces', () => {
  const text = `a\n${'x'.repeat(MAX_RECORD + 1)}\n2\n`
  const whole = cut([text])
  expect(whole).toMatchObject({ records: [['a']], torn: 2 })
  expect(cut(piecesOf(text, [100, 70_000, 900_000]))).toEqual(whole)
})
