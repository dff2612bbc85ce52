import { type Expression, expressionBuilder, type Kysely, type SqlBool } from 'kysely'
import { sqlTime } from '../../domain/clock.ts'
import type { Change } from '../../domain/store.ts'
import type { Tables } from '../tables.ts'

/** How long tasks and completed batches are kept (source: the schema document, Script de Mantenimiento). */
const TASK_MONTHS = 6
const BATCH_MONTHS = 3

/** What maintenance deletes of one batch. */
export interface Forgotten {
  batch_id: string
  /** How many of its tasks. */
  tasks: number
  /** Whether the batch goes as well. */
  batch: boolean
}

type Deletion<Type extends Change['type']> = Extract<Change, { type: Type }>

/** The deletions that are due at `now`. Months are counted as `datetime('now', '-6 months')` counts them. */
export function dueDeletions(now: Date): [Deletion<'forget_tasks'>, Deletion<'forget_batches'>] {
  return [
    { type: 'forget_tasks', before: monthsBefore(now, TASK_MONTHS) },
    { type: 'forget_batches', before: monthsBefore(now, BATCH_MONTHS) },
  ]
}

function monthsBefore(now: Date, months: number): string {
  const moment = new Date(now)
  moment.setUTCMonth(moment.getUTCMonth() - months)
  return sqlTime(moment)
}

/** What those deletions will take, in the order of the batches' ids. */
export async function due(db: Kysely<Tables>, now: Date): Promise<Forgotten[]> {
  const [{ before: tasksBefore }, { before: batchesBefore }] = dueDeletions(now)
  const tasks = await db
    .selectFrom('scraping_tasks')
    .select((eb) => ['execution_batch', eb.fn.countAll<number>().as('tasks')])
    .where(forgettable(tasksBefore))
    .groupBy('execution_batch')
    .execute()
  const kept = db
    .selectFrom('scraping_tasks')
    .select('execution_batch')
    .where((eb) => eb.not(forgettable(tasksBefore)))
  const batches = await db
    .selectFrom('execution_batches')
    .select('batch_id')
    .where(endedBefore(batchesBefore))
    .where('batch_id', 'not in', kept)
    .execute()
  const gone = new Set(batches.map(({ batch_id }) => batch_id))
  const counts = new Map(tasks.map((each) => [each.execution_batch, each.tasks]))
  return [...new Set([...counts.keys(), ...gone])].map((batch_id) => ({
    batch_id,
    tasks: counts.get(batch_id) ?? 0,
    batch: gone.has(batch_id),
  }))
}

/** Tasks made before `before`, as a condition. A batch that runs keeps its tasks: it can be resumed. */
export function forgettable(before: string): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'scraping_tasks'>()
  const running = eb
    .selectFrom('execution_batches')
    .select('batch_id')
    .where('execution_batches.status', '=', 'running')
  return eb.and([eb('created_at', '<', before), eb('execution_batch', 'not in', running)])
}

function endedBefore(before: string): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'execution_batches'>()
  return eb.and([eb('completed_at', '<', before), eb('status', '=', 'completed')])
}

/** Deletes the completed batches that ended before `before` and have no tasks, with their counts and what they were asked for. Returns how many. */
export async function forgetBatches(db: Kysely<Tables>, before: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('execution_batches')
    .where(endedBefore(before))
    .where('batch_id', 'not in', (eb) =>
      eb.selectFrom('scraping_tasks').select('execution_batch').where('execution_batch', 'is not', null),
    )
    .executeTakeFirstOrThrow()
  for (const table of ['task_counts', 'output_counts'] as const) {
    await db
      .deleteFrom(table)
      .where('execution_batch', 'not in', (eb) => eb.selectFrom('execution_batches').select('batch_id'))
      .execute()
  }
  await db
    .deleteFrom('batch_requests')
    .where('batch_id', 'not in', (eb) => eb.selectFrom('execution_batches').select('batch_id'))
    .execute()
  return Number(numDeletedRows)
}
