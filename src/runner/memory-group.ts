import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The control group of this process, which its scrapers are in too: a container, a service, a session. */
export interface MemoryGroup {
  /** Processes that the kernel has killed here for want of memory; 0 where that is not counted. */
  kills(): number
  /** Bytes that all in it may take together; null where that is not limited. */
  limit(): number | null
}

/** Where control groups are, and where those of this process are named. */
export interface GroupPlaces {
  root: string
  own: string
}

const LINUX: GroupPlaces = { root: '/sys/fs/cgroup', own: '/proc/self/cgroup' }

/** How the two versions name their files (source: the kernel's admin-guide/cgroup-v2, cgroup-v1/memory). */
interface Version {
  root: string
  counts: string
  limit: string
}

/** A number from here on is how version 1 says that there is no limit. */
const UNLIMITED = 2 ** 60

export function createMemoryGroup(places: GroupPlaces = LINUX): MemoryGroup {
  const found = find(places)
  if (!found) return { kills: () => 0, limit: () => null }
  const { version, folder } = found
  return {
    kills() {
      const counted = /^oom_kill (\d+)$/m.exec(textOf(join(folder, version.counts)))?.[1]
      // Before Linux 4.13, version 1 counts only how often the limit was reached.
      return Number(counted ?? textOf(join(folder, 'memory.failcnt'))) || 0
    },
    limit: () => lowestLimit(version, folder),
  }
}

function find({ root, own }: GroupPlaces): { version: Version; folder: string } | undefined {
  const lines = textOf(own).split('\n')
  const path = (pattern: RegExp) =>
    lines.map((line) => pattern.exec(line)?.[1]).find((each) => each !== undefined)
  const old = path(/^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/)
  const version: Version =
    old === undefined
      ? { root, counts: 'memory.events', limit: 'memory.max' }
      : { root: join(root, 'memory'), counts: 'memory.oom_control', limit: 'memory.limit_in_bytes' }
  const named = old ?? path(/^0::(.*)$/)
  if (named === undefined) return undefined
  // In a container the path may be the host's, while what is mounted begins with the container's own.
  const folder = [join(version.root, named), version.root].find((each) =>
    existsSync(join(each, version.counts)),
  )
  return folder === undefined ? undefined : { version, folder }
}

/** A group is also limited by those that it is in. */
function lowestLimit({ root, limit }: Version, folder: string): number | null {
  let lowest = Infinity
  for (let at = folder; at.startsWith(root); at = dirname(at)) {
    const bytes = Number.parseInt(textOf(join(at, limit)), 10)
    if (bytes < UNLIMITED) lowest = Math.min(lowest, bytes)
  }
  return lowest === Infinity ? null : lowest
}

/** Empty where there is no such file, as on other systems. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
