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
  const config: Config = Object.freeze({
    ...first,
    get database() {
      return current.database
    },
    get locale() {
      return current.locale
    },
    get time_zone() {
      return current.time_zone
    },
    get execution() {
      return current.execution
    },
    get sites() {
      return current.sites
    },
    get scrapers() {
      return current.scrapers
    },
    get aliases() {
      return current.aliases
    },
    get network() {
      return current.network
    },
    get schedule() {
      return current.schedule
    },
    // Taken apart by whoever sends: its parts are asked for anew each time.
    notify: Object.freeze({
      get channels() {
        return current.notify.channels
      },
      get give_up_after() {
        return current.notify.give_up_after
      },
    }),
    get checks() {
      return current.checks
    },
    get daemon() {
      return current.daemon
    },
    get logs() {
      return current.logs
    },
  })
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
