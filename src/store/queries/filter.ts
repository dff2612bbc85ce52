import { type Expression, expressionBuilder, type ExpressionBuilder, type SqlBool } from 'kysely'
import type { TaskFilter } from '../../domain/filter.ts'
import { contains, isOneOf } from '../dialect.ts'
import type { Tables } from '../tables.ts'

const EQUAL = {
  batch: 'execution_batch',
  scraper: 'scraper_name',
  site: 'website',
  city: 'city',
  operation: 'operation',
  product: 'product',
} as const

/** The filter as a condition on `scraping_tasks`; an empty one chooses every task. */
export function chosen(filter: TaskFilter): Expression<SqlBool> {
  const eb: ExpressionBuilder<Tables, 'scraping_tasks'> = expressionBuilder<Tables, 'scraping_tasks'>()
  const conditions: Expression<SqlBool>[] = []
  for (const [word, column] of Object.entries(EQUAL) as [
    keyof typeof EQUAL,
    (typeof EQUAL)[keyof typeof EQUAL],
  ][]) {
    const code = filter[word]
    if (code !== undefined) conditions.push(eb(column, '=', code))
  }
  if (filter.ids) conditions.push(isOneOf(eb.ref('id'), filter.ids))
  if (filter.status) conditions.push(isOneOf(eb.ref('status'), filter.status))
  if (filter.check) conditions.push(isOneOf(eb.ref('output_check'), filter.check))
  if (filter.complete !== undefined) conditions.push(eb('output_complete', '=', Number(filter.complete)))
  if (filter.since !== undefined) conditions.push(eb('created_at', '>=', filter.since))
  if (filter.until !== undefined) conditions.push(eb('created_at', '<', filter.until))
  if (filter.match !== undefined) {
    conditions.push(
      eb.or([contains(eb.ref('url'), filter.match), contains(eb.ref('error_message'), filter.match)]),
    )
  }
  return eb.and(conditions)
}

/** Whether the counts that are kept anyway say how many tasks the filter chooses. */
export function isCounted(filter: TaskFilter): boolean {
  return Object.entries(filter).every(
    ([word, value]) => value === undefined || word === 'batch' || word === 'site' || word === 'status',
  )
}
