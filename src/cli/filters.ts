import type { Argv } from 'yargs'
import { sqlTime } from '../domain/clock.ts'
import { OUTPUT_CHECKS, type OutputCheck } from '../domain/check.ts'
import { ZafraError } from '../domain/error.ts'
import type { TaskFilter } from '../domain/filter.ts'
import { TASK_STATUSES, type TaskStatus } from '../domain/task.ts'

export interface FilterOptions {
  scraper?: string | undefined
  site?: string | undefined
  city?: string | undefined
  operation?: string | undefined
  product?: string | undefined
  status?: string[] | undefined
  check?: string[] | undefined
  complete?: string | undefined
  batch?: string | undefined
  since?: string | undefined
  until?: string | undefined
  match?: string | undefined
}

const GROUP = 'Filters (all that are given must hold):'

/** Adds what narrows a plan: what a list's row can be told apart by. */
export function planFilters<T>(yargs: Argv<T>) {
  return yargs
    .option('scraper', { type: 'string', group: GROUP, describe: 'scraper name, for example inm24_det' })
    .option('site', { type: 'string', group: GROUP, describe: 'site code, for example Inm24' })
    .option('city', { type: 'string', group: GROUP, describe: 'city code, for example Gdl' })
    .option('operation', { type: 'string', group: GROUP, describe: 'operation code, for example Ven' })
    .option('product', { type: 'string', group: GROUP, describe: 'product code, for example Dep' })
    .option('match', { type: 'string', group: GROUP, describe: 'a piece of the URL or the error message' })
}

/** Adds what chooses tasks of the database. */
export function taskFilters<T>(yargs: Argv<T>) {
  return planFilters(yargs)
    .option('status', {
      type: 'string',
      array: true,
      group: GROUP,
      describe: 'one or more states',
      choices: TASK_STATUSES,
    })
    .option('check', {
      type: 'string',
      array: true,
      group: GROUP,
      describe: 'how their outputs stand, one or more of these',
      choices: OUTPUT_CHECKS,
    })
    .option('complete', {
      type: 'string',
      group: GROUP,
      describe: 'whether their outputs are all there was, as their scrapers said',
      choices: ['yes', 'no'],
    })
    .option('batch', {
      type: 'string',
      group: GROUP,
      describe: 'batch id; without one, the running or latest batch',
    })
    .option('since', { type: 'string', group: GROUP, describe: 'made at or after this moment (ISO 8601)' })
    .option('until', { type: 'string', group: GROUP, describe: 'made before this moment (ISO 8601)' })
}

/** @throws ZafraError `usage` for a moment that is none */
export function toFilter(options: FilterOptions): TaskFilter {
  const { scraper, site, city, operation, product, match, batch, status, check, complete, since, until } =
    options
  const given: TaskFilter = {
    ...(scraper !== undefined && { scraper }),
    ...(site !== undefined && { site }),
    ...(city !== undefined && { city }),
    ...(operation !== undefined && { operation }),
    ...(product !== undefined && { product }),
    ...(match !== undefined && { match }),
    ...(batch !== undefined && { batch }),
    ...(status !== undefined && { status: status as TaskStatus[] }),
    ...(check !== undefined && { check: check as OutputCheck[] }),
    ...(complete !== undefined && { complete: complete === 'yes' }),
    ...(since !== undefined && { since: moment('since', since) }),
    ...(until !== undefined && { until: moment('until', until) }),
  }
  return given
}

/** A moment as the database writes it; one without an offset is in the machine's time zone. */
function moment(option: string, text: string): string {
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text)
  if (Number.isNaN(date.getTime())) {
    throw new ZafraError(
      'usage',
      `--${option} "${text}" is not a moment; one looks like 2025-09-16 or 2025-09-16T10:00`,
    )
  }
  return sqlTime(date)
}
