import { fold } from '../../domain/search.ts'
import type { ListedTask } from '../../domain/store.ts'
import type { TaskPatch, TaskStatus } from '../../domain/task.ts'

/** What many tasks of a list share: kept once, and looked at once per search. */
export interface Codes {
  /** Its place among all of the list. */
  index: number
  batch: string
  site: string
  city: string
  operation: string
  product: string
  scraper: string
  /** All of them but the batch, folded. */
  text: string
}

/** A task as lists keep it. Texts are folded; what a task does not have is '' or NaN. */
export interface Row {
  id: number
  codes: Codes
  variant: number
  order: number
  url: string
  /** UTC as `sqlTime`. */
  created: string
  status: TaskStatus
  attempts: number
  class: string
  check: string
  /** '' where its scraper said nothing. */
  complete: 'yes' | 'no' | ''
  error: string
  rows: number
  bytes: number
  /** Seconds since 1970. */
  started: number
  completed: number
}

export function rowOf(task: ListedTask, codes: Codes): Row {
  return {
    id: task.id,
    codes,
    variant: task.variant,
    order: task.order_num,
    url: fold(task.url),
    created: task.created_at,
    status: task.status,
    attempts: task.attempts,
    class: task.error_class ?? '',
    check: task.output_check ?? '',
    complete: word(task.output_complete),
    error: fold(task.error_message ?? ''),
    rows: task.data_records_extracted,
    bytes: task.file_size_bytes,
    started: seconds(task.started_at),
    completed: seconds(task.completed_at),
  }
}

function word(complete: boolean | null): Row['complete'] {
  return complete === null ? '' : complete ? 'yes' : 'no'
}

/** Takes over what a change wrote. */
export function patch(row: Row, set: TaskPatch): void {
  row.status = set.status
  if (set.attempts !== undefined) row.attempts = set.attempts
  if (set.error_class !== undefined) row.class = set.error_class ?? ''
  if (set.error_message !== undefined) row.error = fold(set.error_message ?? '')
  if (set.output_check !== undefined) row.check = set.output_check ?? ''
  if (set.output_complete !== undefined) row.complete = word(set.output_complete)
  if (set.data_records_extracted !== undefined) row.rows = set.data_records_extracted
  if (set.file_size_bytes !== undefined) row.bytes = set.file_size_bytes
  if (set.started_at !== undefined) row.started = seconds(set.started_at)
  if (set.completed_at !== undefined) row.completed = seconds(set.completed_at)
}

/** Gives the codes of tasks, each combination once. */
export class CodeBook {
  readonly all: Codes[] = []
  readonly #known = new Map<string, Codes>()

  of(task: ListedTask): Codes {
    const { execution_batch: batch, website: site, city, operation, product, scraper_name: scraper } = task
    const key = [batch, site, city, operation, product, scraper].join('\n')
    const known = this.#known.get(key)
    if (known) return known
    const text = fold([site, city, operation, product, scraper].join(' '))
    const codes = { index: this.all.length, batch, site, city, operation, product, scraper, text }
    this.#known.set(key, codes)
    this.all.push(codes)
    return codes
  }
}

// Tasks of a batch begin and end on few days, and Date.parse is most of the work of reading a list.
const days = new Map<string, number>()
const MOST_DAYS = 1000

/** Seconds since 1970 of a TIMESTAMP; NaN where there is none. */
function seconds(time: string | null): number {
  if (time === null || time.length < 19) return Number.NaN
  const date = time.slice(0, 10)
  let day = days.get(date)
  if (day === undefined) {
    day = Date.parse(`${date}T00:00:00Z`) / 1000
    if (days.size >= MOST_DAYS) days.clear()
    days.set(date, day)
  }
  return day + digits(time, 11) * 3600 + digits(time, 14) * 60 + digits(time, 17)
}

function digits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48
}
