import { expect, test } from 'vitest'
import { metricRows } from '../../src/tui/screens/task/metrics.ts'

const text = (metrics: Record<string, number>) =>
  metricRows(metrics, 100).map((row) => row.map((span) => span.text).join(''))

test('an attempt that measured nothing has no line of it', () => {
  expect(text({})).toEqual([])
})

test('the ways of reading and the columns stand apart, the emptiest column first and each in one line', () => {
  const fields = { field_precio: 1, field_superficie: 0.9873, field_moneda: 0.999, field_recámaras: 0 }
  expect(text({ requests: 1041, ...fields, strategy_json: 3, bytes: 12 })).toEqual([
    'Metrics   requests 1,041, bytes 12',
    'Read by   json 3',
    'Filled    recámaras 0 %, superficie 98 %, moneda 99 %, precio 100 %',
  ])
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`field_column_${at}`, 1]))
  expect(text(many)).toHaveLength(1)
})
