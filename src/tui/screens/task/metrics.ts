import type { Attempt } from '../../../domain/attempt.ts'
import { count } from '../../format.ts'
import type { Span } from '../../theme.ts'
import { named, wrapped } from './wrapped.ts'

type Metric = readonly [name: string, value: number]

/** What a scraper over the kit tells of its columns, from 0 to 1, and of the pages that each way of reading read. */
const FIELD = 'field_'
const STRATEGY = 'strategy_'

/** What the scraper measured, how its pages were read, and which columns are filled how often, the emptiest first. */
export function metricRows(metrics: Attempt['metrics'], cells: number): Span[][] {
  const all = Object.entries(metrics)
  const own = all.filter(([name]) => !name.startsWith(FIELD) && !name.startsWith(STRATEGY))
  const figures = [
    ['Metrics', listed(own)],
    ['Read by', listed(under(STRATEGY, all))],
  ] as const
  const fields = under(FIELD, all).toSorted(([, one], [, other]) => one - other)
  return [
    ...figures.flatMap(([name, text]) => wrapped(name, text === '' ? null : text, cells, { style: 'dim' })),
    ...(fields.length === 0 ? [] : [filledRow(fields)]),
  ]
}

function under(prefix: string, metrics: readonly Metric[]): Metric[] {
  return metrics
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value])
}

function listed(metrics: readonly Metric[]): string {
  return metrics.map(([name, value]) => `${name} ${count(value)}`).join(', ')
}

/** One line, cut at the edge: what is filled well matters least. */
function filledRow(fields: readonly Metric[]): Span[] {
  const spans = fields.map(([name, share]): Span => {
    // Rounded down, so that 100 % is all of them.
    return { text: `${name} ${Math.floor(share * 100)} %`, style: share === 0 ? 'warn' : 'dim' }
  })
  return [
    named('Filled'),
    ...spans.flatMap((span, index): Span[] => [{ text: index === 0 ? '' : ', ', style: 'dim' }, span]),
  ]
}
