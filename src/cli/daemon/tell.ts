import type { Engine } from '../../domain/engine.ts'
import { safeDeep } from '../../domain/safe.ts'
import type { Batch } from '../../domain/batch.ts'
import type { Task } from '../../domain/task.ts'
import type { Logger } from './logger.ts'

/**
 * Writes down what the engine does: batches, ends of tasks, alerts as they come and go. Returns the way to end that.
 */
export function tell(engine: Engine, log: Logger): () => void {
  const lookAtAlerts = alertTeller(engine, log)
  return engine.subscribe((event) => {
    switch (event.type) {
      case 'batch':
        return tellOfBatch(safeDeep(event.batch), log)
      case 'task':
        return tellOfTask(safeDeep(event.task), log)
      case 'engine':
      case 'snapshot':
        // A closing engine answers nothing more.
        return void lookAtAlerts().catch(() => {})
      case 'tasks':
      case 'progress':
      case 'connection':
        return undefined
    }
  })
}

/** However many events there are: one question at a time, and one more after the last of them. */
function alertTeller(engine: Engine, log: Logger): () => Promise<void> {
  let told = new Map<string, string>()
  let asking = false
  let again = false

  async function look(): Promise<void> {
    const overview = await engine.query({ type: 'overview' })
    const alerts = safeDeep(overview.alerts)
    const now = new Map(alerts.map(({ code, message }) => [`${code} ${message}`, code]))
    for (const { code, message } of alerts) {
      if (!told.has(`${code} ${message}`)) log.warn({ alert: code }, message)
    }
    for (const [alert, code] of told) if (!now.has(alert)) log.info({ alert: code }, 'over')
    told = now
  }

  return async () => {
    again = true
    if (asking) return
    asking = true
    try {
      while (again) {
        again = false
        await look()
      }
    } finally {
      asking = false
    }
  }
}

function tellOfBatch({ batch_id, status, total_tasks: tasks }: Batch, log: Logger): void {
  log.info({ batch: batch_id, status, tasks }, `batch ${batch_id} ${status}`)
}

function tellOfTask(task: Task, log: Logger): void {
  const { id, execution_batch: batch, scraper_name: scraper, website: site, status, attempts } = task
  const facts = { task: id, batch, scraper, site, status, attempts }
  if (status === 'completed') log.info({ ...facts, rows: task.data_records_extracted }, 'task completed')
  else if (status === 'running') log.debug(facts, 'task running')
  else if (status === 'failed' || status === 'permanently_failed' || status === 'retrying') {
    log.warn({ ...facts, error: task.error_class }, task.error_message ?? 'no reason given')
  } else if (status === 'skipped') log.warn(facts, `skipped: ${task.error_message ?? 'no reason given'}`)
}
