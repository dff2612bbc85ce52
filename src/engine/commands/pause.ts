import { sqlTime } from '../../domain/clock.ts'
import type { Changed } from '../../domain/command.ts'
import { ZafraError } from '../../domain/error.ts'
import type { Core } from '../core.ts'
import { ALL, isPaused } from '../site-pause.ts'

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

export async function unpause(core: Core, site: string | undefined): Promise<Changed> {
  const scope = scopeOf(core, site)
  const was = isPaused(core.live.pauses, scope, sqlTime(core.clock.now()))
  await core.store.commit([{ type: 'unpause', scope }])
  core.live.pauses.delete(scope)
  core.live.blocked.delete(scope)
  core.publisher.publish({ type: 'engine' })
  core.kick()
  return { changed: was ? 1 : 0, refused: [] }
}

function scopeOf(core: Core, site: string | undefined): string {
  if (site === undefined) return ALL
  if (!core.config.sites[site]) {
    const known = Object.keys(core.config.sites).join(', ')
    throw new ZafraError('not_found', `there is no site ${site}; the sites are ${known}`)
  }
  return site
}
