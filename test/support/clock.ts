import type { Clock } from '../../src/domain/clock.ts'

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** Moves time on by `ms` and calls what became due, in order. */
  advance(ms: number): void
  /** Sets the wall clock on (or back) by `ms`; no time passes. */
  jump(ms: number): void
  /** How many callbacks wait for their time. */
  readonly timers: number
}

export function testClock(start = new Date('2026-11-24T05:00:00Z')): TestClock {
  let elapsed = 0
  let set = 0
  const timers = new Set<{ due: number; callback: () => void }>()
  return {
    now: () => new Date(start.getTime() + elapsed + set),
    monotonic: () => elapsed,
    get timers() {
      return timers.size
    },
    after(ms, callback) {
      const timer = { due: elapsed + ms, callback }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    jump(ms) {
      set += ms
    },
    advance(ms) {
      elapsed += ms
      for (const timer of [...timers].sort((a, b) => a.due - b.due)) {
        if (timer.due > elapsed || !timers.delete(timer)) continue
        timer.callback()
      }
    },
  }
}
