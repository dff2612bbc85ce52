import { Chalk } from 'chalk'
import { expect, test } from 'vitest'
import { alignedTable, wordColumn } from '../../src/cli/table.ts'
import textWidth from '../../src/cli/text-width.ts'

test('words have their colours; what else a database holds is shown as it is', () => {
  const columns = [wordColumn('state', { sent: 'green' })]
  const rows = [['sent'], ['constructor'], [null]] as const
  expect(alignedTable(columns, rows, new Chalk({ level: 1 }), 80)).toEqual([
    '\u001b[1mstate\u001b[22m',
    '\u001b[32msent       \u001b[39m',
    'constructor',
    '',
  ])
})

test.each([
  ['plain text', 10],
  ['Zapopán', 7],
  ['公寓', 4],
  ['👩‍👩‍👧 ok', 5],
  ['\u001b[31mred\u001b[39m', 3],
])('%j takes its cells on a terminal', (text, cells) => {
  expect(textWidth(text)).toBe(cells)
})
