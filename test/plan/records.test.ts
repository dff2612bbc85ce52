import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formOf } from '../../src/plan/form.ts'
import { readRecords } from '../../src/plan/records.ts'
import { workspace } from './workspace.ts'

async function read(path: string) {
  const records: [line: number, cells: string[]][] = []
  const form = await formOf(path)
  await readRecords(path, form, (cells, line) => records.push([line, cells]))
  return { records, encoding: form.encoding }
}

const cell = fc.oneof(
  fc.stringMatching(/^[a-zñá ]{0,5}$/),
  fc.constantFrom('a\nb', 'a\r\nb', 'a\rb', '\n\n', 'a"b', 'a,b'),
)

test('each record has the line on which it begins, whatever the line ends, quotes and blank lines', async () => {
  const path = join(await workspace({}), 'a.csv')
  const line = fc.record({ blanks: fc.nat(2), cells: fc.array(cell, { minLength: 2, maxLength: 4 }) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1 }),
      fc.array(fc.constantFrom('\n', '\r\n'), { minLength: 1 }),
      async (lines, ends) => {
        let text = ''
        const expected: [number, string[]][] = []
        const lineEnd = (index: number) => ends[index % ends.length]!
        const lineNumber = () => 1 + (text.match(/\n/g)?.length ?? 0)
        for (const [index, { blanks, cells }] of lines.entries()) {
          for (let blank = 0; blank < blanks; blank++) text += lineEnd(index)
          // The first one is taken for a header, whose names have no white space around them.
          const told = index === 0 ? cells.map((each) => each.trim()) : cells
          if (told.some((each) => each.trim() !== '')) expected.push([lineNumber(), told])
          text += `${cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')}${lineEnd(index)}`
        }
        await writeFile(path, text)
        expect(await read(path)).toEqual({ records: expected, encoding: 'utf8' })
      },
    ),
    { numRuns: 200 },
  )
})

test('a character cut in two by the end of a chunk is whole', async () => {
  const text = `${'x'.repeat(64 * 1024 - 1)}ñ,b\n`
  const folder = await workspace({ lists: { 'a.csv': text, 'b.csv': Buffer.from(text, 'latin1') } })
  const expected = [[1, [text.slice(0, -3), 'b']]]
  expect(await read(join(folder, 'urls/a.csv'))).toEqual({ records: expected, encoding: 'utf8' })
  expect(await read(join(folder, 'urls/b.csv'))).toEqual({ records: expected, encoding: 'windows-1252' })
})

test('a character cut off by the end of the file makes it windows-1252', async () => {
  const folder = await workspace({ lists: { 'a.csv': Buffer.from([0x61, 0xc3]) } })
  expect(await read(join(folder, 'urls/a.csv'))).toEqual({ records: [[1, ['aÃ']]], encoding: 'windows-1252' })
})
