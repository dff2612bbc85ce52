import fc from 'fast-check'
import { expect, it } from 'vitest'
import { retryDelay, sitePause } from '../../src/domain/retry.ts'

const policy = { retry_delay: 1800, retry_factor: 2, retry_max_delay: 7200, retry_jitter: 0 }

it.each([
  [1, 1800],
  [2, 3600],
  [3, 7200],
  [9, 7200],
])('waits longer after each attempt, up to the longest delay: attempt %i', (used, seconds) => {
  expect(retryDelay(policy, used, () => 0.5)).toBe(seconds)
})

it('moves a delay by at most the jitter', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.integer({ min: 1, max: 20 }),
      (chance, used) => {
        const plain = retryDelay(policy, used, () => 0.5)
        const moved = retryDelay({ ...policy, retry_jitter: 0.2 }, used, () => chance)
        expect(Math.abs(moved - plain)).toBeLessThanOrEqual(plain * 0.2 + 1e-9)
      },
    ),
  )
})

it('pauses a site for longer each time', () => {
  const pauses = [1, 2, 3, 4].map((level) =>
    sitePause({ pause: 600, pause_factor: 3, pause_max: 7200 }, level),
  )
  expect(pauses).toEqual([600, 1800, 5400, 7200])
})
