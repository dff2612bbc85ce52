import { sqlTime } from '../domain/clock.ts'
import { sitePause } from '../domain/retry.ts'
import type { AttemptResult } from '../domain/runner.ts'
import type { Change, Pause } from '../domain/store.ts'
import type { Core } from './core.ts'

/** The scope of a pause of everything. */
export const ALL = '*'

/** Whether `scope` is paused at `now` (`sqlTime`). */
export function isPaused(pauses: ReadonlyMap<string, Pause>, scope: string, now: string): boolean {
  const pause = pauses.get(scope)
  return pause !== undefined && (pause.until === null || pause.until > now)
}

/** What the end of an attempt means for the pause of its site. */
export interface PauseStep {
  /** To be written in the same commit as the end. */
  changes: Change[]
  /** Takes it over into what the engine knows; only once it is written. */
  apply(): void
}

/**
 * Blocked attempts in a row pause a site, each time for longer, until one goes through; any other failure in
 * between breaks the row. What the operator paused is left alone.
 */
export function pauseStep(core: Core, site: string, result: AttemptResult, now: Date): PauseStep {
  const { live } = core
  if (result.outcome === 'completed') return forget(core, site)
  if (result.outcome !== 'failed') return { changes: [], apply: () => {} }
  if (result.error?.class !== 'blocked') return { changes: [], apply: () => void live.blocked.delete(site) }
  return blockedOnce(core, site, now)
}

function blockedOnce({ config, live }: Core, site: string, now: Date): PauseStep {
  const policy = config.sites[site]
  const blocked = (live.blocked.get(site) ?? 0) + 1
  const before = live.pauses.get(site)
  // After a first pause one more block is enough: the wall still stands.
  const enough = policy !== undefined && (before !== undefined || blocked >= policy.pause_after_blocked)
  if (!enough || isPaused(live.pauses, site, sqlTime(now))) {
    return { changes: [], apply: () => void live.blocked.set(site, blocked) }
  }
  const level = (before?.level ?? 0) + 1
  const pause: Pause = {
    scope: site,
    since: sqlTime(now),
    until: sqlTime(new Date(now.getTime() + sitePause(policy, level) * 1000)),
    level,
    reason: level > 1 ? 'blocked again' : blocked > 1 ? `blocked ${blocked} times in a row` : 'blocked',
  }
  return {
    changes: [{ type: 'pause', pause }],
    apply() {
      live.pauses.set(site, pause)
      live.blocked.delete(site)
    },
  }
}

/** An attempt went through: the blocks are forgotten, and so is how long the last pause was. */
function forget({ live }: Core, site: string): PauseStep {
  const pause = live.pauses.get(site)
  const lifted = pause !== undefined && pause.level > 0
  return {
    changes: lifted ? [{ type: 'unpause', scope: site }] : [],
    apply() {
      live.blocked.delete(site)
      if (lifted) live.pauses.delete(site)
    },
  }
}
