import { parseSqlTime } from '../domain/clock.ts'
import type { Combination } from '../domain/codes.ts'
import type { StatusCounts } from '../domain/query.ts'
import { TASK_STATUSES, type TaskStatus } from '../domain/task.ts'
import { wordColumn } from './table.ts'

/** `1h 02m`, `3m 04s`, `5s`. */
export function duration(seconds: number): string {
  const whole = Math.max(Math.round(seconds), 0)
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  if (h > 0) return `${h}h ${two(m)}m`
  return m > 0 ? `${m}m ${two(s)}s` : `${s}s`
}

/** `1,755`: thousands told apart. */
export function count(number: number): string {
  return number.toLocaleString('en-US')
}

/** `1 task`, `2 tasks`. */
export function many(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`
}

/** `0.4 MB`, `96.0 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

/** `12:03:04` on this machine's clock. */
export function clockTime(moment: Date): string {
  return [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(':')
}

export function clockTimeOf(sqlTime: string): string {
  return clockTime(parseSqlTime(sqlTime))
}

/** `CyT Gdl Ven Dep` and, where there is one, the variant. */
export function combination(
  of: Omit<Combination, 'scraper_name' | 'variant'> & { variant?: number },
): string {
  const codes = `${of.website} ${of.city} ${of.operation} ${of.product}`
  return of.variant !== undefined && of.variant > 1 ? `${codes} -${of.variant}` : codes
}

/** `26 completed, 2 permanently_failed`: the states that occur. */
export function countsText(counts: StatusCounts): string {
  const parts = TASK_STATUSES.filter((status) => counts[status] > 0).map(
    (status) => `${count(counts[status])} ${status}`,
  )
  return parts.length > 0 ? parts.join(', ') : 'no tasks'
}

const STATUS_COLOUR = {
  pending: 'gray',
  running: 'cyan',
  retrying: 'yellow',
  failed: 'red',
  permanently_failed: 'red',
  skipped: 'yellow',
  cancelled: 'magenta',
  completed: 'green',
} as const satisfies Record<TaskStatus, string>

export function statusColour(status: TaskStatus) {
  return STATUS_COLOUR[status]
}

/** The state of a task, or of a batch: those are called like some of a task's. */
export const statusColumn = wordColumn('status', STATUS_COLOUR)

function two(number: number): string {
  return String(number).padStart(2, '0')
}
