import { expect, test } from 'vitest'
import { createScheduler } from '../../src/scheduler/index.ts'

const scheduler = createScheduler()

test.each([
  ['0 0 1,16 * *', ['01-01', '01-16', '02-01']],
  ['0 0 L * *', ['01-31', '02-28', '03-31']],
  ['0 0 L-3 * *', ['01-28', '02-25', '03-28']],
  // The 1st is a Thursday; the 31st and 28 February are Saturdays, 15 February a Sunday.
  ['0 0 LW * *', ['01-30', '02-27', '03-31']],
  ['0 0 31W * *', ['01-30', '03-31', '05-29']],
  ['0 0 15W 2 *', ['02-16']],
  ['0 0 1W 8 *', ['08-03']],
  ['0 0 * * 5#2', ['01-09', '02-13', '03-13']],
  ['0 0 * * 0L', ['01-25', '02-22', '03-29']],
  ['0 0 * * 7', ['01-04', '01-11', '01-18']],
  ['0 0 * * mon-tue', ['01-05', '01-06', '01-12']],
  ['@monthly', ['01-01', '02-01', '03-01']],
  // Day of month and weekday: either, where both are restricted.
  ['0 0 13 * 5', ['01-02', '01-09', '01-13']],
  ['0 0 13 * *', ['01-13', '02-13', '03-13']],
  ['0 0 ? * 5', ['01-02', '01-09', '01-16']],
  ['0 0 */10 * 0', ['01-11', '02-01', '03-01']],
])('%s in 2026: %j', (cron, days) => {
  const next = scheduler.next({ cron, time_zone: 'UTC' }, new Date('2025-12-31T12:00Z'), days.length)
  expect(next.map((day) => day.toISOString().slice(5, 10))).toEqual(days)
})

test('six fields begin with seconds', () => {
  const next = scheduler.next(
    { cron: '*/20 59 23 * * *', time_zone: 'UTC' },
    new Date('2026-01-01T23:59:00Z'),
    3,
  )
  expect(next.map((slot) => slot.toISOString().slice(8, 19))).toEqual([
    '01T23:59:20',
    '01T23:59:40',
    '02T23:59:00',
  ])
})

test('the rarest rule is found, and one that never comes again ends the search', () => {
  const rare = { cron: '0 0 29 2 */7', time_zone: 'UTC' }
  const [first, second] = scheduler.next(rare, new Date('2088-03-01T00:00Z'), 2)
  expect([first?.toISOString().slice(0, 10), second]).toEqual(['2128-02-29', undefined])
})
