import { type Expression, type Kysely, sql } from 'kysely'
import { COMBINATION, type Combination } from '../../domain/codes.ts'
import {
  EARLIER_SWEEPS,
  type DiffPair,
  type DiffPairs,
  type DiffSide,
  type DiffSweep,
  type SweepsAround,
} from '../../domain/diff.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import { jsonField, minutesBetween } from '../dialect.ts'
import type { Tables } from '../tables.ts'
import { isInDoubt } from './checks.ts'
import { chosen } from './filter.ts'

// The index of the constraint that makes a combination one in its batch gives them in this order.
const COLUMNS = sql.join(COMBINATION.map((name) => sql.ref(name)))
const BEFORE_ALL: Combination = {
  scraper_name: '',
  website: '',
  city: '',
  operation: '',
  product: '',
  variant: -1,
}

/** A slice of what two batches have of each combination, in the order of the codes: O(limit), whatever the filter. */
export async function diffPairs(
  db: Kysely<Tables>,
  { from, to, filter, after, limit }: Parameters<DiffPairs>[0],
): ReturnType<DiffPairs> {
  const start = after ?? BEFORE_ALL
  const keys = await combinations(db, [from, to], start, limit)
  const last = keys.at(-1)
  if (!last) return { pairs: [], next: null }
  const span = { start, last, filter }
  const [before, later] = [await sides(db, from, span), await sides(db, to, span)]
  const pairs = keys.map((key): DiffPair => {
    const name = nameOf(key)
    return { ...key, from: before.get(name) ?? null, to: later.get(name) ?? null }
  })
  return { pairs, next: keys.length < limit ? null : last }
}

function combinations(
  db: Kysely<Tables>,
  [from, to]: readonly [string, string],
  start: Combination,
  limit: number,
): Promise<Combination[]> {
  const of = (batch: string) =>
    db
      .selectFrom('scraping_tasks')
      .select(COMBINATION)
      .where('execution_batch', '=', batch)
      .where(sql<boolean>`(${COLUMNS}) > (${values(start)})`)
  const both = of(from).union(of(to)).limit(limit)
  return COMBINATION.reduce((query, name) => query.orderBy(name), both).execute()
}

async function sides(
  db: Kysely<Tables>,
  batch: string,
  { start, last, filter }: { start: Combination; last: Combination; filter: TaskFilter },
): Promise<Map<string, DiffSide>> {
  const rows = await db
    .selectFrom('scraping_tasks')
    .select([...COMBINATION, 'id', 'url', 'output_path', 'completed_at', 'status', 'depends_on'])
    .select('output_check')
    .select((eb) => [
      minutesBetween(eb.ref('started_at'), eb.ref('completed_at')).as('minutes'),
      eb
        .selectFrom('task_attempts as attempt')
        .select((attempt) => factsOf(attempt.ref('attempt.facts')).as('facts'))
        .whereRef('attempt.task_id', '=', 'scraping_tasks.id')
        .where('attempt.outcome', '=', 'completed')
        .as('facts'),
      detailsPath(eb.ref('scraping_tasks.id')).as('details_path'),
      sql<number>`${chosen(filter)}`.as('fits'),
    ])
    .where('execution_batch', '=', batch)
    .where(sql<boolean>`(${COLUMNS}) > (${values(start)})`)
    .where(sql<boolean>`(${COLUMNS}) <= (${values(last)})`)
    .execute()
  return new Map(
    rows.map((row) => {
      // An older program's: nothing speaks against it.
      const [whole, stopped_by, cap] = JSON.parse(row.facts ?? '[1, null, null]') as SideFacts
      const { id, url, status, depends_on, minutes, output_path, output_check: check } = row
      return [
        nameOf(row),
        {
          id,
          url,
          status,
          depends_on,
          minutes,
          check,
          stopped_by,
          cap,
          chosen: Boolean(row.fits),
          at: row.completed_at,
          output_path: output_path ?? '',
          details_path: row.details_path,
          complete: whole === 1,
        },
      ]
    }),
  )
}

/** Full sweeps around two tasks of a combination; a later batch's task has the greater id. O(limit) by the index. */
export async function diffSweeps(
  db: Kysely<Tables>,
  of: Combination,
  from: number,
  to: number,
): ReturnType<SweepsAround> {
  // Nothing lies around what goes backwards.
  if (from >= to) return { earlier: [], between: null }
  const earlier = await fullSweeps(db, of, [0, from], EARLIER_SWEEPS)
  const [between = null] = await fullSweeps(db, of, [from, to], 1)
  return { earlier, between }
}

/** Full outputs of the combination whose tasks' ids lie between two, the latest first. */
function fullSweeps(
  db: Kysely<Tables>,
  of: Combination,
  [after, before]: [number, number],
  limit: number,
): Promise<DiffSweep[]> {
  return db
    .selectFrom('scraping_tasks as task')
    .leftJoin('task_attempts as attempt', (join) =>
      join.onRef('attempt.task_id', '=', 'task.id').on('attempt.outcome', '=', 'completed'),
    )
    .select((eb) => [
      eb.fn.coalesce('task.execution_batch', eb.val('')).as('batch'),
      'task.completed_at as at',
      eb.fn.coalesce('task.output_path', eb.val('')).as('output_path'),
      detailsPath(eb.ref('task.id')).as('details_path'),
    ])
    .where('task.scraper_name', '=', of.scraper_name)
    .where('task.website', '=', of.website)
    .where('task.city', '=', of.city)
    .where('task.operation', '=', of.operation)
    .where('task.product', '=', of.product)
    .where('task.variant', '=', of.variant)
    .where('task.status', '=', sql.lit('completed' as const))
    .where('task.id', '>', after)
    .where('task.id', '<', before)
    .where((eb) => sql<boolean>`(${isWhole(eb.ref('attempt.facts'))})`)
    .orderBy('task.id', 'desc')
    .limit(limit)
    .execute()
}

type SideFacts = [whole: number, stopped_by: string | null, cap: number | null]

/** A JSON array of what SideFacts says, of a completed attempt. */
function factsOf(facts: Expression<string | null>) {
  return sql<string>`json_array(${isWhole(facts)}, ${jsonField(facts, 'stopped_by')}, ${jsonField(facts, 'cap')})`
}

/** The output of the details that follow from a list. */
function detailsPath(id: Expression<number>) {
  return sql<string | null>`(SELECT details.output_path FROM scraping_tasks AS details
    WHERE details.depends_on = ${id} LIMIT 1)`
}

function values(of: Combination) {
  return sql.join(COMBINATION.map((name) => of[name]))
}

function nameOf(of: Combination): string {
  return JSON.stringify(COMBINATION.map((name) => of[name]))
}

/** Whether the scraper did not say that there is more, and the checks do not doubt what there is. */
function isWhole(facts: Expression<string | null>) {
  return sql<number>`coalesce(${jsonField(facts, 'complete')}, 1) <> 0
    AND NOT ${isInDoubt('attempt')}`
}
