import { sqlTime } from '../../domain/clock.ts'
import type { Changed, Unpaused } from '../../domain/command.ts'
import { ZafraError } from '../../domain/error.ts'
import type { Wait } from '../../domain/store.ts'
import type { Core } from '../core.ts'
import { ALL, isPaused } from '../site-pause.ts'
import { waitOf } from '../site-wait.ts'

/** Starts nothing new at `site`, or at all; what runs goes on. */
export async function pause(core: Core, site: string | undefined): Promise<Changed> {
  const scope = scopeOf(core, site)
  const now = sqlTime(core.clock.now())
  if (isPaused(core.live.pauses, scope, now) && core.live.pauses.get(scope)?.level === 0)
    return { changed: 0, refused: [] }
  const made = { scope, since: now, until: null, reason: 'paused by the operator', level: 0 }
  await core.store.commit([{ type: 'pause', pause: made }])
  core.live.pauses.set(scope, made)
  core.publisher.publish({ type: 'engine' })
  return { changed: 1, refused: [] }
}

/** Also what the portal asked for is lifted; where the operator paused the site besides, only by another call. */
export async function unpause(core: Core, site: string | undefined): Promise<Unpaused> {
  const scope = scopeOf(core, site)
  const { live, store, publisher } = core
  const now = sqlTime(core.clock.now())
  const paused = isPaused(live.pauses, scope, now)
  const wait = waitOf(live.waits, scope, now)
  const byOperator = paused && live.pauses.get(scope)?.level === 0
  const liftsWait = wait !== undefined && !byOperator
  await store.commit([
    { type: 'unpause', scope },
    ...(liftsWait ? [{ type: 'wait_over', site: scope } as const] : []),
  ])
  live.pauses.delete(scope)
  live.blocked.delete(scope)
  if (liftsWait) live.waits.delete(scope)
  publisher.publish({ type: 'engine' })
  core.kick()
  const note = wait ? noteOn(wait, liftsWait) : null
  return { changed: paused || wait ? 1 : 0, refused: [], note }
}

function noteOn({ reason, until }: Wait, lifted: boolean): string {
  return lifted
    ? `although ${reason}, until ${until} UTC`
    : `but not before ${until} UTC: ${reason}; to ask it earlier all the same, lift that too`
}

function scopeOf(core: Core, site: string | undefined): string {
  if (site === undefined) return ALL
  if (!core.config.sites[site]) {
    const known = Object.keys(core.config.sites).join(', ')
    throw new ZafraError('not_found', `there is no site ${site}; the sites are ${known}`)
  }
  return site
}
