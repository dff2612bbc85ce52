import { CRITICAL_QUERIES, type CriticalQuery } from './critical-queries.ts'
import { diskFiles } from '../disk/files.ts'
import type { Memory } from '../memory.ts'
import { planOf, reading } from './select.ts'

export interface Explained extends CriticalQuery {
  /** SQLite's steps. */
  plan: string[]
  /** Those of `indexes` that it uses; none: it goes another way. */
  used: string[]
}

/**
 * How SQLite would answer the critical queries on the database at `path`. After ANALYZE it may rightly prefer to
 * walk over a table of few rows.
 * @throws ZafraError `not_found`, `database`
 */
export async function explainCritical(path: string, now: Date, files = diskFiles): Promise<Explained[]> {
  return reading(path, now, files, explained)
}

export function explained(memory: Memory): Explained[] {
  return CRITICAL_QUERIES.map((query) => {
    const plan = planOf(memory, query.sql)
    const used = query.indexes.filter((index) => plan.some((step) => step.split(' ').includes(index)))
    return { ...query, plan, used }
  })
}
