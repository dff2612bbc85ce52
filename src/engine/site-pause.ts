import { sqlTime } from '../domain/clock.ts'
import { sitePause } from '../domain/retry.ts'
import type { Pause } from '../domain/store.ts'
import type { Core } from './core.ts'
import { untilWritten } from './storage.ts'

/** The scope of a pause of everything. */
export const ALL = '*'

/** Whether `scope` is paused at `now` (`sqlTime`). */
export function isPaused(pauses: ReadonlyMap<string, Pause>, scope: string, now: string): boolean {
  const pause = pauses.get(scope)
  return pause !== undefined && (pause.until === null || pause.until > now)
}

/** Counts a blocked attempt; enough of them in a row pause the site, each time for longer. */
export async function noteBlocked(core: Core, site: string): Promise<void> {
  const { config, live, clock, turn, store, publisher } = core
  const policy = config.sites[site]
  if (!policy) return
  const blocked = (live.blocked.get(site) ?? 0) + 1
  live.blocked.set(site, blocked)
  const before = live.pauses.get(site)
  const byOperator = before?.level === 0
  // After a first pause one more block is enough: the wall still stands.
  if (byOperator || (blocked < policy.pause_after_blocked && !before)) return
  const now = clock.now()
  const level = (before?.level ?? 0) + 1
  const until = sqlTime(new Date(now.getTime() + sitePause(policy, level) * 1000))
  const pause: Pause = {
    scope: site,
    since: sqlTime(now),
    until,
    level,
    reason: blocked === 1 ? 'blocked again' : `blocked ${blocked} times in a row`,
  }
  await untilWritten(core, () => turn(() => store.commit([{ type: 'pause', pause }])))
  live.pauses.set(site, pause)
  live.blocked.delete(site)
  publisher.publish({ type: 'engine' })
}

/** An attempt at the site went through: its blocks are forgotten, and so is how long the last pause was. */
export async function noteCompleted(core: Core, site: string): Promise<void> {
  const { live, turn, store } = core
  live.blocked.delete(site)
  const pause = live.pauses.get(site)
  if (pause === undefined || pause.level === 0) return
  await untilWritten(core, () => turn(() => store.commit([{ type: 'unpause', scope: site }])))
  live.pauses.delete(site)
}
