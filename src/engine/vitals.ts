import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Clock } from '../domain/clock.ts'
import type { SystemView } from '../domain/system.ts'

/**
 * Milliseconds between two looks of the monitor: stalls from this on are all seen, shorter ones by chance. Closer looks
 * would be most of what an idle engine does (20 ms: 0.2 % of a core; 100 ms: 0.05 %).
 */
const RESOLUTION = 100
/** Milliseconds that a figure covers at least; then it begins anew, so that it tells of lately. */
const SPAN = 60_000

/** How this process itself is doing. */
export interface Vitals {
  figures(): Pick<SystemView, 'event_loop' | 'memory_bytes' | 'cpu_percent'>
  stop(): void
}

export function createVitals(clock: Clock): Vitals {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION })
  delay.enable()
  let since = clock.monotonic()
  let used = process.cpuUsage()
  return {
    figures() {
      const elapsed = clock.monotonic() - since
      const { user, system } = process.cpuUsage(used)
      const figures = {
        event_loop: {
          mean_ms: lateness(delay.mean),
          p99_ms: lateness(delay.percentile(99)),
          max_ms: lateness(delay.max),
        },
        memory_bytes: process.memoryUsage.rss(),
        cpu_percent: elapsed > 0 ? ((user + system) / 1000 / elapsed) * 100 : 0,
      }
      if (elapsed >= SPAN) {
        delay.reset()
        since = clock.monotonic()
        used = process.cpuUsage()
      }
      return figures
    },
    stop: () => void delay.disable(),
  }
}

/** The monitor tells nanoseconds from one look to the next; before the first it tells nothing sensible. */
function lateness(nanoseconds: number): number {
  const late = nanoseconds / 1e6 - RESOLUTION
  return Number.isFinite(late) && nanoseconds < 1e15 ? Math.max(late, 0) : 0
}
