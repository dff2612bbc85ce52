import type { Clock } from '../domain/clock.ts'

/** Node's timers hold no more; a longer one would go off at once. */
const LONGEST_TIMER = 2 ** 31 - 1

/** The machine's own time. A wait of more than 24 days ends early: whoever waits so long looks again anyway. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, LONGEST_TIMER))
    return () => clearTimeout(timer)
  },
}
