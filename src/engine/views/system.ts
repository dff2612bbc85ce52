import { parseSqlTime } from '../../domain/clock.ts'
import type { Machine } from '../../domain/machine.ts'
import type { SystemView } from '../../domain/system.ts'
import type { Now } from '../overview.ts'
import type { ViewParts } from '../views.ts'

export async function systemView(parts: ViewParts, now: Now): Promise<SystemView> {
  const { config, reads, clock, machine, vitals, version } = parts
  const { started_at } = now.engine
  const { max_parallel, max_cpu, max_memory, min_free_disk } = config.execution
  const since = started_at === null ? null : clock.now().getTime() - parseSqlTime(started_at).getTime()
  return {
    version,
    node: process.versions.node,
    uptime_s: since === null ? null : Math.max(since, 0) / 1000,
    clients: now.clients,
    ...vitals.figures(),
    machine: await loadOf(machine),
    limits: { max_parallel, max_cpu, max_memory, min_free_disk },
    database: await reads.database(config.database.backup_dir),
    socket: null,
  }
}

/** A look is no reason to fail where the machine does not tell. */
async function loadOf(machine: Machine): Promise<SystemView['machine']> {
  try {
    return await machine.load()
  } catch {
    return null
  }
}
