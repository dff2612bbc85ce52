import type { Config } from '../../domain/config.ts'
import { reason } from '../../domain/error.ts'
import { safe } from '../../domain/safe.ts'
import type { LiveConfig } from './live-config.ts'
import type { Logger } from './logger.ts'

/**
 * Takes over the configuration as it is now and says what changed. One that is not valid changes nothing.
 * @param look makes the engine look at it at once
 */
export async function reload(
  live: LiveConfig,
  load: () => Promise<Config>,
  look: () => void,
  log: Logger,
): Promise<void> {
  let next: Config
  try {
    next = await load()
  } catch (error) {
    log.error(`the configuration stays as it was: ${safe(reason(error))}`)
    return
  }
  const changed = live.replace(next)
  const [now, later] = [true, false].map((at) => changed.filter((each) => each.now === at))
  const paths = (some: typeof now) => some?.map(({ path }) => path) ?? []
  log.info({ changed: paths(now), after_restart: paths(later) }, sentence(paths(now), paths(later)))
  look()
}

function sentence(now: readonly string[], later: readonly string[]): string {
  if (now.length + later.length === 0) return 'the configuration was read again: nothing changed'
  const parts = [
    ...(now.length > 0 ? [`in force: ${now.join(', ')}`] : []),
    ...(later.length > 0 ? [`only after a restart: ${later.join(', ')}`] : []),
  ]
  return `the configuration was read again; ${parts.join('; ')}`
}
