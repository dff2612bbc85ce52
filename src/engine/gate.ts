import type { ExecutionConfig } from '../domain/config.ts'
import type { Load } from '../domain/machine.ts'
import type { Alert } from '../domain/query.ts'

/** The alerts of this gate. */
export const LIMITS = ['cpu', 'memory', 'disk'] as const satisfies readonly Alert['code'][]

type Limits = Pick<ExecutionConfig, 'max_cpu' | 'max_memory' | 'min_free_disk'>

const MEBIBYTE = 1024 * 1024

/** Which limits of the machine forbid a new start, each as an alert for the person. */
export function limitsReached(load: Load, limits: Limits): Alert[] {
  const alerts: Alert[] = []
  if (limits.max_cpu < 100 && load.cpu_percent > limits.max_cpu) {
    alerts.push({ code: 'cpu', message: held('CPU', load.cpu_percent, limits.max_cpu) })
  }
  if (limits.max_memory < 100 && load.memory_percent > limits.max_memory) {
    alerts.push({ code: 'memory', message: held('memory', load.memory_percent, limits.max_memory) })
  }
  if (load.free_disk_bytes < limits.min_free_disk) {
    const [free, floor] = [load.free_disk_bytes, limits.min_free_disk].map((bytes) =>
      Math.floor(bytes / MEBIBYTE),
    )
    alerts.push({
      code: 'disk',
      message: `nothing new starts: ${free} MiB of disk free, the floor is ${floor} MiB`,
    })
  }
  return alerts
}

/** Whether any limit is set at all: without one the machine is never asked. */
export function limitsSet(limits: Limits): boolean {
  return limits.max_cpu < 100 || limits.max_memory < 100 || limits.min_free_disk > 0
}

function held(what: string, is: number, limit: number): string {
  return `nothing new starts: ${what} at ${Math.round(is)} %, the limit is ${limit} %`
}
