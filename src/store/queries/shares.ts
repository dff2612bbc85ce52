import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely'
import type { TaskStatus } from '../../domain/task.ts'
import type { Tables } from '../tables.ts'

/** How many rows of a group have one of `statuses`. */
export function countOf(
  eb: ExpressionBuilder<Tables, 'scraping_tasks'>,
  statuses: readonly TaskStatus[],
): RawBuilder<number> {
  const one = eb.case().when('status', 'in', statuses).then(eb.lit(1)).else(eb.lit(0)).end()
  return sql<number>`coalesce(sum(${one}), 0)`
}

/** Two decimals; null where there is no whole. */
export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part * 10_000) / whole) / 100
}
