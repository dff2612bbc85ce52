import { Counter, Histogram, type Registry } from 'prom-client'
import type { AttemptOutcome } from '../domain/attempt.ts'
import type { Clock } from '../domain/clock.ts'
import type { EngineEvent } from '../domain/event.ts'
import type { Task, TaskStatus } from '../domain/task.ts'

const MS_PER_SECOND = 1000

/** Seconds: an attempt may take from a moment to its limit of two hours. */
const DURATIONS = [1, 5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200]

/** How an attempt ended, by where its task went. */
const OUTCOMES: Readonly<Partial<Record<TaskStatus, AttemptOutcome>>> = {
  completed: 'completed',
  failed: 'failed',
  permanently_failed: 'failed',
  retrying: 'failed',
  cancelled: 'cancelled',
  pending: 'interrupted',
}

/** What only grows, counted from the engine's events: O(1) each. */
export function createCounts(registry: Registry, clock: Clock): { hear(event: EngineEvent): void } {
  const registers = [registry]
  const attempts = new Counter({
    name: 'zafra_attempts_total',
    help: 'Attempts that ended, by outcome and class of error (empty unless failed)',
    labelNames: ['outcome', 'error_class'],
    registers,
  })
  const durations = new Histogram({
    name: 'zafra_attempt_duration_seconds',
    help: 'How long attempts took, by site',
    labelNames: ['site'],
    buckets: DURATIONS,
    registers,
  })
  const rows = new Counter({
    name: 'zafra_rows_total',
    help: 'Data rows of accepted outputs, by site',
    labelNames: ['site'],
    registers,
  })
  const bytes = new Counter({
    name: 'zafra_output_bytes_total',
    help: 'Bytes of accepted outputs, by site',
    labelNames: ['site'],
    registers,
  })
  /** By task: when it was started, on the clock that never goes back. */
  const running = new Map<number, number>()

  function ended(task: Task, since: number): void {
    const outcome = OUTCOMES[task.status]
    if (outcome === undefined) return
    const site = task.website
    attempts.inc({ outcome, error_class: outcome === 'failed' ? (task.error_class ?? 'internal') : '' })
    durations.observe({ site }, (clock.monotonic() - since) / MS_PER_SECOND)
    if (outcome !== 'completed') return
    rows.inc({ site }, task.data_records_extracted)
    bytes.inc({ site }, task.file_size_bytes)
  }

  return {
    hear(event) {
      if (event.type === 'snapshot') {
        for (const { task_id } of event.overview.running) running.set(task_id, clock.monotonic())
      }
      if (event.type !== 'task') return
      const { task } = event
      if (task.status === 'running') return void running.set(task.id, clock.monotonic())
      const since = running.get(task.id)
      if (since !== undefined && running.delete(task.id)) ended(task, since)
    },
  }
}
