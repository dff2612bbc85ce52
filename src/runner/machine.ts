import { statfs } from 'node:fs/promises'
import { cpus, freemem, totalmem } from 'node:os'
import type { Machine } from '../domain/machine.ts'

/** Milliseconds of a reading: a shorter one would say little, and take from the next one what it has to go by. */
const SHORTEST = 500

/**
 * The load of this machine, and the free space of the disk that `path` is on.
 * Free memory is what could be had without swapping (MemAvailable on Linux).
 */
export function createMachine(path: string): Machine {
  let last = cpuTimes()
  let known: number | undefined
  return {
    async load() {
      const now = cpuTimes()
      const total = now.total - last.total
      const whole = total >= SHORTEST * now.processors
      const cpu_percent = known === undefined || whole ? share(now.busy - last.busy, total) : known
      if (whole) {
        known = cpu_percent
        last = now
      }
      const { bavail, bsize } = await statfs(path)
      return {
        cpu_percent,
        memory_percent: 100 * (1 - freemem() / totalmem()),
        free_disk_bytes: bavail * bsize,
      }
    },
  }
}

function share(busy: number, total: number): number {
  return total > 0 ? (100 * busy) / total : 0
}

/** Milliseconds over all processors since the machine started. */
function cpuTimes(): { processors: number; busy: number; total: number } {
  const all = cpus()
  const sum = { processors: all.length, busy: 0, total: 0 }
  for (const { times } of all) {
    const busy = times.user + times.nice + times.sys + times.irq
    sum.busy += busy
    sum.total += busy + times.idle
  }
  return sum
}
