import { sqlTime } from '../domain/clock.ts'
import type { AttemptResult } from '../domain/runner.ts'
import type { Change, Wait } from '../domain/store.ts'
import type { Core } from './core.ts'
import type { PauseStep } from './site-pause.ts'

/** The wait that `site` is in at `now` (`sqlTime`): nothing may start there. */
export function waitOf(waits: ReadonlyMap<string, Wait>, site: string, now: string): Wait | undefined {
  const wait = waits.get(site)
  return wait && wait.until > now ? wait : undefined
}

/**
 * What an attempt heard from its portal (`Retry-After`) means for the site: nobody asks it before. A shorter wait does
 * not take the place of a longer one; a wait that is over is forgotten when an attempt completes.
 */
export function waitStep({ live }: Core, site: string, result: AttemptResult, now: Date): PauseStep {
  const before = live.waits.get(site)
  if (result.retry_after !== null && result.retry_after > 0) {
    const until = sqlTime(new Date(Math.ceil((now.getTime() + result.retry_after * 1000) / 1000) * 1000))
    if (before && before.until >= until) return NOTHING
    const since = before && before.until > sqlTime(now) ? before.since : sqlTime(now)
    const wait: Wait = { site, since, until, reason: `the portal asked for ${span(result.retry_after)}` }
    return { changes: [{ type: 'wait', wait }], apply: () => void live.waits.set(site, wait) }
  }
  const over = before && before.until <= sqlTime(now) && result.outcome === 'completed'
  if (!over) return NOTHING
  const changes: Change[] = [{ type: 'wait_over', site }]
  return { changes, apply: () => void live.waits.delete(site) }
}

const NOTHING: PauseStep = { changes: [], apply: () => {} }

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The largest unit of which there are two or more, or that there is exactly one of. */
function span(seconds: number): string {
  for (const [unit, name] of [
    [DAY, 'day'],
    [HOUR, 'hour'],
    [MINUTE, 'minute'],
  ] as const) {
    if (seconds === unit) return `one ${name}`
    if (seconds >= 2 * unit) return `${Math.round(seconds / unit)} ${name}s`
  }
  return `${Math.ceil(seconds)} s`
}
