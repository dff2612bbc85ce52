import { Gauge, type Registry } from 'prom-client'
import type { Overview } from '../domain/query.ts'
import type { SystemView } from '../domain/system.ts'
import { TASK_STATUSES } from '../domain/task.ts'

const MS_PER_SECOND = 1000

/** What stands at a moment: set anew at each scrape. */
export function createStanding(registry: Registry, version: string) {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] })
  const tasks = gauge('zafra_tasks', 'Tasks of the batch in view', ['status', 'site'])
  const recovered = gauge(
    'zafra_tasks_recovered',
    'Completed tasks of the batch in view that had failed before',
  )
  const rows = gauge('zafra_batch_rows', 'Data rows of the batch in view', ['site'])
  const outputs = gauge('zafra_outputs', 'Outputs of the batch in view that are not simply good', [
    'check',
    'site',
  ])
  const queue = gauge('zafra_queue_depth', 'Tasks that wait for a start or a retry', ['site'])
  const paused = gauge('zafra_site_paused', '1 while a site is paused', ['site'])
  const batch = gauge('zafra_batch_info', 'The batch in view', ['batch_id', 'status'])
  const alerts = gauge('zafra_alert', '1 while an alert of this kind stands', ['code'])
  const lag = gauge('zafra_event_loop_lag_seconds', 'How late the event loop was of late', ['stat'])
  const journal = gauge('zafra_journal_bytes', 'Bytes of the journal that the database file lacks')
  const database = gauge('zafra_database_bytes', 'Size of the database file')
  const memory = gauge('process_resident_memory_bytes', 'Resident memory of the engine')
  const uptime = gauge('zafra_uptime_seconds', 'Seconds since the engine started')
  gauge('zafra_build_info', 'Of this program', ['version', 'node']).set({ version, node: process.version }, 1)

  function setBatch({ batch: view, sites, alerts: standing }: Overview): void {
    for (const each of [tasks, rows, outputs, queue, paused, batch, alerts]) each.reset()
    if (view) batch.set({ batch_id: view.batch_id, status: view.status }, 1)
    recovered.set(view?.recovered ?? 0)
    for (const { site, counts, state, ...of } of sites) {
      for (const status of TASK_STATUSES) tasks.set({ status, site }, counts[status])
      rows.set({ site }, of.rows)
      for (const [check, number] of Object.entries(of.outputs)) outputs.set({ check, site }, number)
      queue.set({ site }, counts.pending + counts.retrying)
      paused.set({ site }, state === 'paused' ? 1 : 0)
    }
    for (const { code } of standing) alerts.set({ code }, 1)
  }

  return {
    set(overview: Overview, system: SystemView): void {
      setBatch(overview)
      const { mean_ms, p99_ms, max_ms } = system.event_loop
      for (const [stat, ms] of Object.entries({ mean: mean_ms, p99: p99_ms, max: max_ms })) {
        lag.set({ stat }, ms / MS_PER_SECOND)
      }
      journal.set(system.database.journal_bytes)
      database.set(system.database.file_bytes)
      memory.set(system.memory_bytes)
      uptime.set(system.uptime_s ?? 0)
    },
  }
}
