import { statfs } from 'node:fs/promises'
import { cpus, freemem, totalmem } from 'node:os'
import type { Machine } from '../domain/machine.ts'

/**
 * The load of this machine, and the free space of the disk that `path` is on.
 * Free memory is what could be had without swapping (MemAvailable on Linux).
 */
export function createMachine(path: string): Machine {
  let last = cpuTimes()
  return {
    async load() {
      const now = cpuTimes()
      const total = now.total - last.total
      const busy = now.busy - last.busy
      last = now
      const { bavail, bsize } = await statfs(path)
      return {
        cpu_percent: total > 0 ? (100 * busy) / total : 0,
        memory_percent: 100 * (1 - freemem() / totalmem()),
        free_disk_bytes: bavail * bsize,
      }
    },
  }
}

/** Milliseconds over all processors since the machine started. */
function cpuTimes(): { busy: number; total: number } {
  const sum = { busy: 0, total: 0 }
  for (const { times } of cpus()) {
    const busy = times.user + times.nice + times.sys + times.irq
    sum.busy += busy
    sum.total += busy + times.idle
  }
  return sum
}
