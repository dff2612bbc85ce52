import type { Clock } from '../domain/clock.ts'
import type { Alert, BatchView, Overview } from '../domain/query.ts'
import type { Task } from '../domain/task.ts'
import type { Output } from './output.ts'
import { clockTime, clockTimeOf, combination, count, duration, many, statusColour } from './words.ts'

/** What has become of a task whose texts are safe; undefined where that is not worth a line. */
export function taskLine(task: Task, output: Output, clock: Clock): string | undefined {
  if (task.status === 'pending' || (task.status === 'running' && output.loudness !== 'verbose'))
    return undefined
  const status = output.colour[statusColour(task.status)](task.status.padEnd(18))
  const what = `${String(task.id).padStart(5)}  ${task.scraper_name} ${combination(task)}`
  return `${clockTime(clock.now())}  ${status}  ${what}  ${outcome(task)}`
}

function outcome(task: Task): string {
  const attempt = `attempt ${task.attempts} of ${task.max_attempts}`
  switch (task.status) {
    case 'completed':
      return [many(task.data_records_extracted, 'row'), ...outputWords(task)].join(', ')
    case 'retrying':
      return `${attempt} failed: ${cause(task)}; again at ${task.retry_at === null ? 'once' : clockTimeOf(task.retry_at)}`
    case 'failed':
    case 'permanently_failed':
      return `${attempt}: ${cause(task)}`
    case 'skipped':
      return task.error_message ?? ''
    case 'pending':
    case 'running':
    case 'cancelled':
      return attempt
  }
}

function outputWords({ id, output_check, output_complete, output_expected }: Task): string[] {
  const of = output_expected === null ? '' : ` of ${count(output_expected)}`
  return [
    ...(output_complete === false ? [`incomplete${of}`] : []),
    ...(output_check === 'suspect' ? [`suspect: zafra task ${id} says why`] : []),
  ]
}

/** `blocked: 403 from …`. */
export function cause(task: Pick<Task, 'error_class' | 'error_message'>): string {
  return `${task.error_class ?? 'unknown'}: ${task.error_message ?? 'no reason given'}`
}

export function summaryLine(
  { batch, running }: Overview,
  { colour }: Output,
  clock: Clock,
): string | undefined {
  if (!batch) return undefined
  const failed = batch.counts.permanently_failed + batch.counts.failed
  const parts = [
    `${count(batch.counts.completed)} of ${many(batch.total_tasks, 'task')} completed`,
    `${running.length} running`,
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
    ...(batch.counts.skipped > 0 ? [`${count(batch.counts.skipped)} skipped`] : []),
    ...recoveredPart(batch),
    many(batch.rows, 'row'),
    ...(batch.eta_s === null ? [] : [`about ${duration(batch.eta_s)} to go`]),
  ]
  return `${clockTime(clock.now())}  ${colour.bold(batch.batch_id)}  ${parts.join(', ')}`
}

/** What failed and is completed all the same; nothing where that is none. */
export function recoveredPart({ recovered }: Pick<BatchView, 'recovered'>): string[] {
  return recovered > 0 ? [`${count(recovered)} recovered after a failure`] : []
}

export function alertLine(alert: Alert, { colour }: Output, clock: Clock): string {
  return `${clockTime(clock.now())}  ${colour.yellow('!')} ${alert.message}`
}
