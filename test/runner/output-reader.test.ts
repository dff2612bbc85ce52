import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { csvHead } from '../../src/csv/head.ts'
import { createOutputReader } from '../../src/runner/index.ts'

const outputs = createOutputReader()
let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zafra-output-'))
  path = join(folder, 'out.csv')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the first records of a CSV', () => {
  it.each([
    [
      'id,url\n1,a\n2,b\n',
      [
        ['id', 'url'],
        ['1', 'a'],
        ['2', 'b'],
      ],
    ],
    [
      '\ufeffid;url\r\n1;a,b\r\n',
      [
        ['id', 'url'],
        ['1', 'a,b'],
      ],
    ],
    [
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n"x\n""y""",2\n',
      [
        ['a', 'b'],
        ['x\n"y"', '2'],
      ],
    ],
    [
      'a,b\n\n1,2\n\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n,\n',
      [
        ['a', 'b'],
        ['', ''],
      ],
    ],
    ['a,b\n1,"half', [['a', 'b']]],
    ['', []],
  ])('of %j', (text, records) => {
    expect(csvHead(text, 100, true)).toEqual(records)
  })

  it('are what was written, whatever the cells', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ñ', '"', ',', '\n', '\r\n', ' ', ';', '🏠') })
    const records = fc.array(
      fc.tuple(cell, cell, cell).map((cells) => ['x', ...cells]),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(records, fc.nat(5), (rows, limit) => {
        const all = [['a', 'b', 'c', 'd'], ...rows]
        expect(csvHead(stringify(all), limit, true)).toEqual(all.slice(0, limit))
      }),
    )
  })
})

describe('a look into an output', () => {
  it('shows so many rows, and the size of all', async () => {
    writeFileSync(path, `id,url\n${'1,a\n'.repeat(100)}`)
    expect(await outputs.head(path, 3)).toEqual({
      columns: ['id', 'url'],
      rows: Array.from({ length: 3 }, () => ['1', 'a']),
      bytes: 407,
    })
    expect((await outputs.head(path, 0))?.rows).toEqual([])
  })

  it('leaves out a record that is being written', async () => {
    writeFileSync(path, `id,text\n${`1,${'x'.repeat(1000)}\n`.repeat(200)}`)
    const { rows } = (await outputs.head(path, 1000))!
    expect(rows.length).toBeLessThan(70)
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([2]))
    expect(rows[0]?.[1]).toHaveLength(200)
  })

  it('is bounded, whatever the file holds', async () => {
    for (const bytes of [
      Buffer.alloc(3_000_000, ','),
      Buffer.alloc(3_000_000, '"'),
      Buffer.alloc(3_000_000, 0xff),
      Buffer.from('a,\u{1f3e0}'.repeat(100_000)),
    ]) {
      writeFileSync(path, bytes)
      const found = (await outputs.head(path, 50))!
      expect(JSON.stringify(found).length).toBeLessThan(200 * 210 * 51)
      expect(found.columns.length).toBeLessThanOrEqual(200)
      expect(found.bytes).toBe(bytes.length)
    }
  })

  it('finds nothing where there is no regular file of its own', async () => {
    expect(await outputs.head(path, 5)).toBeUndefined()
    expect(await outputs.head(folder, 5)).toBeUndefined()
    symlinkSync('/etc/passwd', path)
    expect(await outputs.head(path, 5)).toBeUndefined()
    const fifo = join(folder, 'fifo')
    execFileSync('mkfifo', [fifo])
    expect(await outputs.head(fifo, 5)).toBeUndefined()
  })
})
