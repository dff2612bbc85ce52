import { expect, test } from 'vitest'
import { cronWords } from '../../../src/tui/screens/schedule/cron-words.ts'

test.each([
  ['0 2 1,16 * *', 'on days 1 and 16 at 02:00'],
  ['0 2 * * *', 'every day at 02:00'],
  ['0 30 2 * * *', 'every day at 02:30'],
  ['30 6 * * 1-5', 'from Monday to Friday at 06:30'],
  ['0 6,18 * * mon,Wed', 'on Monday and Wednesday at 06:00 and 18:00'],
  ['0 0 * * 7', 'on Sunday at 00:00'],
  ['5 4 1-7 * *', 'on days 1 to 7 at 04:05'],
  ['0 3 15 1,7 *', 'on day 15 in January and July at 03:00'],
  ['0 3 * 12 *', 'every day in December at 03:00'],
  ['*/15 * * * *', 'every 15 minutes'],
  ['* * * * *', 'every minute'],
  ['7 * * * *', 'every hour at :07'],
  ['0,30 */6 * * *', 'every 6 hours at :00 and :30'],
  ['0 * * * 6', 'on Saturday every hour at :00'],
])('%s is said as: %s', (cron, words) => {
  expect(cronWords(cron)).toBe(words)
})

test.each([
  '15 0 2 * * *',
  '1-5 * * * *',
  '0 2 L * *',
  '0 2 1 * 1',
  '*/5 3 * * *',
  '0 2 */2 * *',
  '0 2 * jan-mar *',
  '0 2 * * 9',
  'no',
  '',
])('%j takes more than the usual words', (cron) => {
  expect(cronWords(cron)).toBeNull()
})
