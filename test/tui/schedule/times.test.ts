import { expect, test } from 'vitest'
import { dayAndTime, howLong } from '../../../src/tui/screens/schedule/times.ts'

const NOW = new Date('2026-09-01T08:12:04Z')

test.each([
  [-1, 'now'],
  [0, 'now'],
  [1, '1m'],
  [60, '1m'],
  [61, '2m'],
  [3540, '59m'],
  [3541, '1h 00m'],
  [90_000, '1d 01h'],
])('%i seconds from now is %s', (seconds, said) => {
  expect(howLong(NOW, new Date(NOW.getTime() + seconds * 1000))).toBe(said)
})

test.each([
  ['America/Mexico_City', 'Tue Sep 1 02:12'],
  ['Asia/Tokyo', 'Tue Sep 1 17:12'],
  ['Pacific/Kiritimati', 'Tue Sep 1 22:12'],
])('the clocks of %s show %s', (zone, said) => {
  expect(dayAndTime(NOW, zone)).toBe(said)
})

test('midnight begins the day', () => {
  expect(dayAndTime(new Date('2026-09-01T00:00:00Z'), 'UTC')).toBe('Tue Sep 1 00:00')
})
