import { type Kysely, sql } from 'kysely'
import type { Combination } from '../../domain/codes.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import type { Duration, ListedTask } from '../../domain/store.ts'
import type { Task } from '../../domain/task.ts'
import { minutesBetween, isOneOf } from '../dialect.ts'
import { isInDoubt } from './checks.ts'
import { chosen, isCounted } from './filter.ts'
import { inSlices } from './slices.ts'
import type { TaskRow, Tables } from '../tables.ts'
import { sqlTime, parseSqlTime } from '../../domain/clock.ts'

const LISTED = [
  'id',
  'scraper_name',
  'website',
  'city',
  'operation',
  'product',
  'variant',
  'url',
  'order_num',
  'status',
  'attempts',
  'created_at',
  'started_at',
  'completed_at',
  'error_message',
  'error_class',
  'execution_batch',
  'data_records_extracted',
  'file_size_bytes',
  'output_check',
  'output_complete',
] as const satisfies readonly (keyof ListedTask)[]

export function asTask(row: TaskRow): Task {
  const { created_at, output_path, ready, output_complete, ...rest } = row
  return {
    ...rest,
    created_at: created_at ?? '',
    output_path: output_path ?? '',
    ready: ready === 1,
    output_complete: isYes(output_complete),
  }
}

function isYes(flag: number | null): boolean | null {
  return flag === null ? null : flag === 1
}

export async function task(db: Kysely<Tables>, id: number): Promise<Task | undefined> {
  const row = await db.selectFrom('scraping_tasks').selectAll().where('id', '=', id).executeTakeFirst()
  return row && asTask(row)
}

export async function details(db: Kysely<Tables>, task_id: number): Promise<Task[]> {
  const rows = await db
    .selectFrom('scraping_tasks')
    .selectAll()
    .where('depends_on', '=', task_id)
    .orderBy('id')
    .execute()
  return rows.map(asTask)
}

/** One page of the chosen tasks in the order of their ids; `total` counts all of them. */
export async function tasks(
  db: Kysely<Tables>,
  filter: TaskFilter,
  { descending = false, offset, limit }: { descending?: boolean; offset: number; limit: number },
): Promise<{ total: number; tasks: Task[] }> {
  const rows = await db
    .selectFrom('scraping_tasks')
    .selectAll()
    .where(chosen(filter))
    .orderBy('id', descending ? 'desc' : 'asc')
    .limit(limit)
    .offset(offset)
    .execute()
  return { total: await count(db, filter), tasks: rows.map(asTask) }
}

export async function taskIds(db: Kysely<Tables>, filter: TaskFilter): Promise<number[]> {
  const ids = db.selectFrom('scraping_tasks').select('id').where(chosen(filter)).orderBy('id')
  // Ids that are given need no search; to go through them once per piece would take long.
  const rows = filter.ids ? await ids.execute() : await inSlices(db, (slice) => ids.where(slice).execute())
  return rows.map(({ id }) => id)
}

export async function listedTasks(
  db: Kysely<Tables>,
  filter: TaskFilter,
  { after, limit }: { after: number; limit: number },
): Promise<ListedTask[]> {
  const rows = await db
    .selectFrom('scraping_tasks')
    .select(LISTED)
    .where(chosen(filter))
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    ...row,
    created_at: row.created_at ?? '',
    output_complete: isYes(row.output_complete),
  }))
}

async function count(db: Kysely<Tables>, filter: TaskFilter): Promise<number> {
  const { total } = await (isCounted(filter) ? keptCount(db, filter) : newCount(db, filter))
  return total
}

function keptCount(db: Kysely<Tables>, { batch, site, status }: TaskFilter): Promise<{ total: number }> {
  let query = db
    .selectFrom('task_counts')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('tasks'), eb.lit(0)).as('total'))
  if (batch !== undefined) query = query.where('execution_batch', '=', batch)
  if (site !== undefined) query = query.where('website', '=', site)
  if (status) query = query.where((eb) => isOneOf(eb.ref('status'), status))
  return query.executeTakeFirstOrThrow()
}

function newCount(db: Kysely<Tables>, filter: TaskFilter): Promise<{ total: number }> {
  return db
    .selectFrom('scraping_tasks')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where(chosen(filter))
    .executeTakeFirstOrThrow()
}

export async function previousOutput(
  db: Kysely<Tables>,
  of: Combination & { execution_batch: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('scraping_tasks')
    .select('output_path')
    .where('scraper_name', '=', of.scraper_name)
    .where('website', '=', of.website)
    .where('city', '=', of.city)
    .where('operation', '=', of.operation)
    .where('product', '=', of.product)
    .where('variant', '=', of.variant)
    .where('status', '=', sql.lit('completed' as const))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('task_attempts as attempt')
            .select('attempt.number')
            .whereRef('attempt.task_id', '=', 'scraping_tasks.id')
            .where('attempt.outcome', '=', 'completed')
            .where(isInDoubt('attempt')),
        ),
      ),
    )
    .where('id', '<', (eb) =>
      eb
        .selectFrom('scraping_tasks as own')
        .select((own) => own.fn.min('own.id').as('first'))
        .where('own.execution_batch', '=', of.execution_batch),
    )
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.output_path ?? undefined
}

/** How far back `meanDurations` looks. */
const HISTORY_MONTHS = 6

export async function meanDurations(db: Kysely<Tables>, now: string): Promise<Duration[]> {
  const since = parseSqlTime(now)
  since.setUTCMonth(since.getUTCMonth() - HISTORY_MONTHS)
  const minutes = minutesBetween(sql.ref('started_at'), sql.ref('completed_at'))
  const sums = await inSlices(db, (slice) =>
    db
      .selectFrom('scraping_tasks')
      .select(['website', 'city', 'operation', 'product', 'scraper_name'])
      .select((eb) => [
        eb.fn.sum<number>(minutes).as('minutes'),
        sql<number>`sum(${minutes} * ${minutes})`.as('squares'),
        eb.fn.countAll<number>().as('tasks'),
      ])
      .where(slice)
      .where('status', '=', 'completed')
      .where('created_at', '>=', sqlTime(since))
      .where('started_at', 'is not', null)
      .where('completed_at', 'is not', null)
      .groupBy(['website', 'city', 'operation', 'product', 'scraper_name'])
      .execute(),
  )
  return [...Map.groupBy(sums, combination).values()].flatMap(durationOf)
}

type Sums = Omit<Duration, 'variance'> & { squares: number; tasks: number }

function combination({ website, city, operation, product, scraper_name }: Sums): string {
  return [website, city, operation, product, scraper_name].join('\n')
}

/** Of the sums over several pieces of one combination. */
function durationOf(sums: readonly Sums[]): Duration[] {
  const [one] = sums
  if (!one) return []
  const { squares: _squares, tasks: _tasks, ...of } = one
  const sum = (what: 'minutes' | 'squares' | 'tasks') => sums.reduce((total, each) => total + each[what], 0)
  const times = sum('tasks')
  const minutes = sum('minutes') / times
  // Rounding can take it below nothing.
  const variance = times > 1 ? Math.max(sum('squares') / times - minutes ** 2, 0) : null
  return [{ ...of, minutes, variance }]
}
