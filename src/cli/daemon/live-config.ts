import type { Config } from '../../domain/config.ts'

/** A setting that another configuration has otherwise. */
export interface Changed {
  /** Dotted, as in zafra.yaml. */
  path: string
  /** False: the old value holds until the daemon is started again. */
  now: boolean
}

export interface LiveConfig {
  /** As in force at each moment: whoever keeps it, and not values of it, is always right. */
  readonly config: Config
  /** Takes over what can change under an engine that works. Returns everything that is new in `next`. */
  replace: (next: Config) => Changed[]
}

/**
 * What holds from the start of a process to its end: where things are, how writes reach the disk, who can reach the
 * engine, and what is masked in logs that are open.
 */
const FIXED = ['workspace', 'database', 'paths', 'api', 'redact'] as const satisfies readonly (keyof Config)[]
/** …of which this is only asked for at the next look at the schedules. */
const FREE = 'database.backup_cron'

export function liveConfig(first: Config): LiveConfig {
  let current = first
  // Taken apart by whoever sends: its parts are asked for anew each time.
  const notify = Object.freeze(following(() => current.notify))
  const config = Object.freeze(
    Object.defineProperty(
      following(() => current),
      'notify',
      { value: notify },
    ),
  )
  return {
    config,
    replace(next) {
      const changed = differences(current, next).map((path) => ({ path, now: isFree(path) }))
      const { backup_cron } = next.database
      const kept = Object.fromEntries(FIXED.map((section) => [section, current[section]]))
      current = Object.freeze({ ...next, ...kept, database: { ...current.database, backup_cron } })
      return changed
    },
  }
}

/** An object with the values, at each moment, of the one that `now` gives; all of those have the same keys. */
function following<Kind extends object>(now: () => Kind): Kind {
  const accessors = Object.keys(now()).map((key) => [
    key,
    { get: () => now()[key as keyof Kind], enumerable: true, configurable: true },
  ])
  return Object.defineProperties({}, Object.fromEntries(accessors)) as Kind
}

function isFree(path: string): boolean {
  const [section] = path.split('.')
  return path === FREE || !FIXED.some((fixed) => fixed === section)
}

/** The paths at which two trees differ; a list is one value. */
function differences(one: unknown, other: unknown, path = ''): string[] {
  if (isTree(one) && isTree(other)) {
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
      differences(one[key], other[key], path === '' ? key : `${path}.${key}`),
    )
  }
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [path]
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
