import { Chalk } from 'chalk'
import { expect, test } from 'vitest'
import { alignedTable, wordColumn } from '../../src/cli/table.ts'

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
