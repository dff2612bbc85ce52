import type { Engine } from '../../domain/engine.ts'
import type { EngineEvent } from '../../domain/event.ts'
import { safeDeep } from '../../domain/safe.ts'
import type { Task } from '../../domain/task.ts'
import type { Logger } from './logger.ts'

/**
 * Writes down what the engine does: batches, ends of tasks, alerts as they come and go. Returns the way to end that.
 */
export function tell(engine: Engine, log: Logger): () => void {
  let alerts = new Map<string, string>()
  let asked = false

  /** However many events there are, one question at a time. */
  async function lookAtAlerts(): Promise<void> {
    if (asked) return
    asked = true
    try {
      const overview = await engine.query({ type: 'overview' })
      const next = new Map(overview.alerts.map(({ code, message }) => [`${code}: ${message}`, code]))
      for (const { code, message } of safeDeep(overview.alerts)) {
        if (!alerts.has(`${code}: ${message}`)) log.warn({ alert: code }, message)
      }
      for (const [alert, code] of alerts) if (!next.has(alert)) log.info({ alert: code }, 'over')
      alerts = next
    } finally {
      asked = false
    }
  }

  return engine.subscribe((event) => {
    tellOf(safeDeep(event), log)
    // A closing engine answers nothing more.
    if (event.type === 'engine' || event.type === 'snapshot') lookAtAlerts().catch(() => {})
  })
}

function tellOf(event: EngineEvent, log: Logger): void {
  if (event.type === 'batch') {
    const { batch_id, status, total_tasks: tasks } = event.batch
    log.info({ batch: batch_id, status, tasks }, `batch ${batch_id} ${status}`)
  } else if (event.type === 'task') tellOfTask(event.task, log)
}

function tellOfTask(task: Task, log: Logger): void {
  const { id, execution_batch: batch, scraper_name: scraper, website: site, status, attempts } = task
  const facts = { task: id, batch, scraper, site, status, attempts }
  if (status === 'completed') log.info({ ...facts, rows: task.data_records_extracted }, 'task completed')
  else if (status === 'running') log.debug(facts, 'task running')
  else if (status === 'failed' || status === 'permanently_failed' || status === 'retrying') {
    log.warn({ ...facts, error: task.error_class }, task.error_message ?? 'no reason given')
  }
}
