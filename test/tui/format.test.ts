import { expect, test } from 'vitest'
import {
  ago,
  minutesText,
  bytes,
  count,
  duration,
  moment,
  plural,
  secondOfDay,
  taskName,
  timeOfDay,
  withMoments,
} from '../../src/tui/format.ts'
import { sqlTime } from '../../src/domain/clock.ts'

test.each([
  [-3, '0s'],
  [0, '0s'],
  [59.9, '59s'],
  [60, '1m 00s'],
  [184, '3m 04s'],
  [3780, '1h 03m'],
  [86_399, '23h 59m'],
  [187_200, '2d 04h'],
])('%d seconds are %s', (seconds, expected) => {
  expect(duration(seconds)).toBe(expected)
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [12_400, '12.4 kB'],
  [1_200_000_000, '1.2 GB'],
])('%d bytes are %s', (value, expected) => {
  expect(bytes(value)).toBe(expected)
})

test.each([
  [0, 'just now'],
  [59, 'just now'],
  [119, '1m ago'],
  [5399, '89m ago'],
  [7199, '1h ago'],
  [172_800, '2d ago'],
])('%d seconds before are %s', (seconds, expected) => {
  const now = new Date(2026, 8, 1)
  expect(ago(new Date(now.getTime() - seconds * 1000), now)).toBe(expected)
})

test('what is known to the minute has no seconds', () => {
  expect([minutesText(0), minutesText(4), minutesText(79.6)]).toEqual(['0m', '4m', '1h 20m'])
})

test('counts have separators and nouns agree', () => {
  expect([count(1755), plural(1, 'task'), plural(1755, 'task')]).toEqual(['1,755', '1 task', '1,755 tasks'])
})

test('times are of the terminal, with the day where it is another', () => {
  const at = new Date(2026, 8, 1, 7, 5, 9)
  expect([timeOfDay(at), secondOfDay(at)]).toEqual(['07:05', '07:05:09'])
  expect(moment(at, new Date(2026, 8, 1, 23))).toBe('07:05')
  expect(moment(at, new Date(2026, 7, 31, 23))).toBe('Sep 01 07:05')
})

test('what the engine tells in UTC is told by the clock of the terminal', () => {
  const now = new Date(2026, 10, 24, 13, 40)
  const until = new Date(2026, 10, 24, 14, 5)
  const told = `paused; goes on at ${sqlTime(until)} UTC; so ${sqlTime(new Date(2026, 10, 26))} UTC`
  expect(withMoments(told, now)).toBe('paused; goes on at 14:05; so Nov 26 00:00')
  expect(withMoments('2026-11-24 13:40', now)).toBe('2026-11-24 13:40')
})

test('a further URL of a combination has its number', () => {
  const codes = { city: 'Gdl', operation: 'Ven', product: 'Dep' }
  expect([taskName(codes), taskName({ ...codes, variant: 2 })]).toEqual(['Gdl Ven Dep', 'Gdl Ven Dep-2'])
})
