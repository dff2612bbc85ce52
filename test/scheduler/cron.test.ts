import { expect, test } from 'vitest'
import { cronProblem } from '../../src/scheduler/cron.ts'

test.each(['0 2 1,16 * *', '*/30 * * * * *', '0 2 L * *', '0 8 * * mon-fri', '@daily'])(
  '%s is a cron expression',
  (expression) => {
    expect(cronProblem(expression)).toBeUndefined()
  },
)

test.each([
  ['', 'illegal characters'],
  ['0 2 1,16 *', 'expected 5 or 6 fields but got 4'],
  ['61 * * * *', 'minute: 61'],
  ['0 0 30 2 *', 'impossible day of month'],
  ['0 99 * 13 *', 'hour: 99'],
])('%j is none, and why is said', (expression, problem) => {
  expect(cronProblem(expression)).toContain(problem)
})
