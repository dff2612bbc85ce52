import { z } from 'zod'
import { sqlTime } from '../domain/clock.ts'
import { OUTPUT_CHECKS } from '../domain/check.ts'
import { GROUP_SORTS } from '../domain/error-group.ts'
import type { TaskFilter } from '../domain/filter.ts'
import type { LogStream } from '../domain/logs.ts'
import { TASK_SORTS } from '../domain/task-sort.ts'
import type { StatsOf } from '../domain/stats.ts'
import { TASK_STATUSES } from '../domain/task.ts'

/** The words of requests. Numbers are coerced: in a path or a query string they come as text. */

const SQL_TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/

const moment = z
  .string()
  .describe('UTC as 2025-09-16 02:00:00, or ISO 8601')
  .transform((text, context) => {
    if (SQL_TIME.test(text)) return text
    const date = new Date(text)
    if (!Number.isNaN(date.getTime())) return sqlTime(date)
    context.addIssue({ code: 'custom', message: 'is no moment: 2025-09-16 02:00:00 or ISO 8601' })
    return z.NEVER
  })

export const id = z.coerce.number().int().positive()
export const place = z.coerce.number().int().min(0)
export const text = z.string().exactOptional()

export const yes = z.enum(['true', 'false']).transform((word) => word === 'true')

/** Which tasks: the filter words of the command line; all that are given must hold. */
export const filterShape = {
  ids: z.array(id).readonly().exactOptional(),
  batch: text,
  scraper: text,
  site: text,
  city: text,
  operation: text,
  product: text,
  status: z.array(z.enum(TASK_STATUSES)).readonly().exactOptional(),
  check: z.array(z.enum(OUTPUT_CHECKS)).readonly().exactOptional().describe('how the output stands'),
  complete: yes.exactOptional().describe('whether the output is all there was'),
  since: moment.exactOptional(),
  until: moment.exactOptional(),
  match: text.describe('a piece of the URL or the error message'),
  error: text.describe('the key of a group of errors'),
  search: text.describe('as typed in the filter of a list: status:failed rows:<10 !class:blocked'),
} satisfies Record<keyof TaskFilter, z.ZodType>

/** As the body of a request, where numbers are numbers. */
export const taskFilter = z.strictObject({
  ...filterShape,
  ids: z.array(z.int().positive()).readonly().exactOptional(),
  complete: z.boolean().exactOptional(),
})

/** Words that hold several values, with commas between them. */
export const LISTS: ReadonlySet<string> = new Set(['ids', 'status', 'check'] satisfies (keyof TaskFilter)[])

/** One page of a list. */
export const pageShape = { offset: place.default(0), limit: place.default(100) }

export const sort = sortBy(TASK_SORTS)
export const groupSort = sortBy(GROUP_SORTS)

function sortBy<By extends string>(columns: readonly By[]) {
  return z
    .enum([...columns, ...columns.map((by) => `-${by}` as const)])
    .describe('a column; with a minus sign before it in descending order')
    .transform((word) => {
      const descending = word.startsWith('-')
      return { by: (descending ? word.slice(1) : word) as By, descending }
    })
}

export const stream = z.enum(['out', 'err', 'zafra'] as const satisfies readonly LogStream[])

const OF = {
  scrapers: 'scrapers',
  trends: 'trends',
  errors: 'errors',
  problems: 'problems',
  incomplete: 'incomplete',
  active: 'active',
  database: 'database',
} as const satisfies { [Of in StatsOf]: Of }

export const statsOf = z.enum(OF)
