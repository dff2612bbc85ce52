import type { BatchSummary } from '../../../domain/query.ts'
import { sparkline } from '../../bar.ts'
import { count, duration } from '../../format.ts'
import type { Size } from '../../state.ts'
import type { Span, Theme } from '../../theme.ts'
import { secondsTaken, successOf } from './state.ts'

/** A figure of each batch, and how the last one is written. */
interface Figure {
  name: string
  value: (batch: BatchSummary) => number | null
  write: (value: number) => string
}

const FIGURES: readonly Figure[] = [
  { name: 'rows', value: ({ rows }) => rows, write: count },
  { name: 'success', value: successOf, write: (percent) => `${Math.floor(percent)}%` },
  { name: 'time', value: secondsTaken, write: duration },
]

const NAME_CELLS = 9
const LAST_CELLS = 10
/** On a lower screen the list needs the rows. */
const LEAST_ROWS = 20

/** Rows above the list: a sparkline per figure, and a blank one. */
export function trendHeight({ rows }: Size): number {
  return rows < LEAST_ROWS ? 0 : FIGURES.length + 1
}

/** How rows, success and time went over the last batches, up to the last one that ended. */
export function trendRows(trend: readonly BatchSummary[], cells: number, { glyphs }: Theme): Span[][] {
  return FIGURES.map(({ name, value, write }) => {
    const values = trend.map(value)
    const last = values.at(-1) ?? null
    const line = sparkline(values, cells - NAME_CELLS - LAST_CELLS, glyphs)
    return [
      { text: name.padEnd(NAME_CELLS), style: 'dim' },
      { text: line === '' ? glyphs.dash : line, style: 'accent' },
      { text: last === null ? '' : ` ${write(last)}`, style: 'strong' },
    ]
  })
}
