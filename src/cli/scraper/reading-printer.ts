import { clip } from '../../runner/protocol.ts'
import type { Output } from '../output.ts'
import { many } from '../words.ts'
import type { Reading } from './reading.ts'
import { percent, type Expectation } from './recorded.ts'

/** Characters of a cell that a person wants to see. */
const CELL = 30

/** The pages with the strategy that read each; then the fields with their coverage and the first rows. */
export function printReading(reading: Reading, expected: Expectation | null, output: Output): void {
  const { pages, rows, total, first } = reading
  output.table(
    [{ name: 'rows', align: 'right' }, { name: 'strategy' }, { name: 'page' }],
    pages.map(({ rows: own, strategy, url }) => [own, strategy ?? 'none', url]),
  )
  if (output.terminal) output.line()
  const [header = [], ...records] = first
  output.table(
    [
      { name: 'field' },
      { name: 'filled', align: 'right' },
      ...(expected ? [{ name: 'recorded', align: 'right' } as const] : []),
      ...records.map((_, at) => ({ name: `row ${at + 1}` })),
    ],
    header.map((column, at) => [
      column,
      percent(reading.coverage[column] ?? 0),
      ...(expected ? [percent(expected.coverage[column] ?? 0)] : []),
      ...records.map((record) => clip(record[at] ?? '', CELL)),
    ]),
  )
  const counted = total === null ? 'the portal counts none' : `the portal counts ${total}`
  output.note(`${many(rows, 'row')} of ${many(pages.length, 'page')}; ${counted}`)
}
