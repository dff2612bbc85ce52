import type { Argv } from 'yargs'
import { taskFilters, toFilter, type FilterOptions } from '../filters.ts'
import type { LogWish } from './rows.ts'

interface StreamOptions {
  stdout?: boolean | undefined
  stderr?: boolean | undefined
}

/** Adds what chooses lines of the logs of many tasks. */
export function logFilters<T>(yargs: Argv<T>) {
  return taskFilters(yargs)
    .option('since', { type: 'string', describe: 'lines written at or after this moment (ISO 8601)' })
    .option('until', { type: 'string', describe: 'lines written before this moment (ISO 8601)' })
    .option('stdout', { type: 'boolean', describe: 'standard output only' })
    .option('stderr', { type: 'boolean', describe: 'standard error only' })
    .conflicts('stdout', 'stderr')
}

/** @throws ZafraError `usage` */
export function logWish(options: FilterOptions & StreamOptions): LogWish {
  const stream = options.stdout ? 'out' : options.stderr ? 'err' : undefined
  return { filter: toFilter(options), stream }
}
