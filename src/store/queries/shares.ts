import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely'
import type { TaskStatus } from '../../domain/task.ts'
import type { Tables } from '../tables.ts'

/** The document's `failed`, with our word for those that are not tried again. */
export const FAILED = ['failed', 'permanently_failed'] as const satisfies readonly TaskStatus[]

/** How many rows of a group have one of `statuses`. */
export function countOf(
  eb: ExpressionBuilder<Tables, 'scraping_tasks'>,
  statuses: readonly TaskStatus[],
): RawBuilder<number> {
  const one = eb.case().when('status', 'in', statuses).then(eb.lit(1)).else(eb.lit(0)).end()
  return sql<number>`coalesce(sum(${one}), 0)`
}

/** Percent of a group's rows that are completed, two decimals. */
export function successRate(eb: ExpressionBuilder<Tables, 'scraping_tasks'>): RawBuilder<number> {
  return sql<number>`round(${countOf(eb, ['completed'])} * 100.0 / count(*), 2)`
}
