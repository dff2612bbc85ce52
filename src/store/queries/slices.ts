import { setImmediate } from 'node:timers/promises'
import { type Expression, type Kysely, sql, type SqlBool } from 'kysely'
import type { Tables } from '../tables.ts'

/** Tasks between two turns of the event loop: their figures take some milliseconds. */
const SLICE = 4000

/**
 * What `read` answers of all tasks there are at first, piece by piece with room for other work in between: one query
 * over all of them would hold everything up. A task that changes meanwhile counts as it was, or as it is.
 * @param read given a condition on `scraping_tasks`; asked in the order of the ids
 */
export async function inSlices<Row>(
  db: Kysely<Tables>,
  read: (slice: Expression<SqlBool>) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const pieces: (readonly Row[])[] = []
  const last = await endId(db, 'desc')
  for (let from = await endId(db, 'asc'); from <= last; from += SLICE) {
    if (pieces.length > 0) await setImmediate()
    const to = Math.min(from + SLICE - 1, last)
    pieces.push(await read(sql<SqlBool>`id BETWEEN ${from} AND ${to}`))
  }
  return pieces.flat()
}

/** The least or the greatest id; 0 where there is no task. */
async function endId(db: Kysely<Tables>, order: 'asc' | 'desc'): Promise<number> {
  const row = await db
    .selectFrom('scraping_tasks')
    .select('id')
    .orderBy('id', order)
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? 0
}
