import type { ExpressionBuilder, Kysely, UpdateResult, InsertResult, DeleteResult } from 'kysely'
import type { AttemptEnd } from '../../domain/attempt.ts'
import { errorKey } from '../../domain/error-group.ts'
import { ZafraError } from '../../domain/error.ts'
import type { Change } from '../../domain/store.ts'
import { isOneOf } from '../dialect.ts'
import { isInDoubt } from './checks.ts'
import { chosen } from './filter.ts'
import { forgetBatches, forgettable } from '../upkeep/retention.ts'
import { forgetNotices, queueNotice, settleNotice } from './outbox.ts'
import { decideSlot, forgetSlots, remember, settleSlot } from './slots.ts'
import type { Tables } from '../tables.ts'

/** Writes one change inside the transaction `db`. Returns how many rows it touched. @throws ZafraError `conflict` */
export async function apply(db: Kysely<Tables>, change: Change): Promise<number> {
  switch (change.type) {
    case 'task':
      return guarded(
        await updateTasks(db, change).where('id', '=', change.id).executeTakeFirstOrThrow(),
        `task ${change.id} is no longer ${change.from}`,
      )
    case 'tasks':
      return rows(await updateTasks(db, change).where(chosen(change.filter)).executeTakeFirstOrThrow())
    case 'details':
      return rows(
        await updateTasks(db, change)
          .where('depends_on', 'in', (eb) =>
            eb
              .selectFrom('scraping_tasks')
              .select('id')
              .where('status', '=', change.main)
              .where(chosen(change.filter)),
          )
          .executeTakeFirstOrThrow(),
      )
    case 'batch':
      return guarded(
        await db
          .updateTable('execution_batches')
          .set(change.set)
          .where('batch_id', '=', change.batch_id)
          .where('status', '=', change.from)
          .executeTakeFirstOrThrow(),
        `batch ${change.batch_id} is no longer ${change.from}`,
      )
    case 'attempt_started':
      return guarded(await startAttempt(db, change.attempt), `there is no task ${change.attempt.task_id}`)
    case 'attempt_ended':
      return guarded(
        await db
          .updateTable('task_attempts')
          .set(endColumns(change.end))
          .where('task_id', '=', change.task_id)
          .where('number', '=', change.number)
          .where('outcome', 'is', null)
          .executeTakeFirstOrThrow(),
        `attempt ${change.number} of task ${change.task_id} does not run`,
      )
    case 'outputs_accepted':
      return acceptOutputs(db, change)
    case 'output_refused':
      return guarded(
        await db
          .updateTable('task_attempts')
          .set({ outcome: 'cancelled', verdict: 'failed' })
          .where(suspectOutput(change.task_id))
          .executeTakeFirstOrThrow(),
        `task ${change.task_id} has no suspect output`,
      )
    case 'dependents_ready':
      return rows(
        await db
          .updateTable('scraping_tasks')
          .set({ ready: 1 })
          .where((eb) => isOneOf(eb.ref('depends_on'), change.task_ids))
          .where('ready', '=', 0)
          .executeTakeFirstOrThrow(),
      )
    case 'site_absent':
      return rows(
        await db
          .insertInto('absent_sites')
          .values({ execution_batch: change.batch_id, ...change.absent })
          .executeTakeFirstOrThrow(),
      )
    case 'pause':
      return rows(
        await db
          .insertInto('pauses')
          .values(change.pause)
          .onConflict((conflict) => conflict.column('scope').doUpdateSet(change.pause))
          .executeTakeFirstOrThrow(),
      )
    case 'wait':
      return rows(
        await db
          .insertInto('site_waits')
          .values(change.wait)
          .onConflict((conflict) => conflict.column('site').doUpdateSet(change.wait))
          .executeTakeFirstOrThrow(),
      )
    case 'schedule':
      return rows(await remember(db, change.schedule))
    case 'slot_decided':
      return guarded(
        await decideSlot(db, change.slot),
        `slot ${change.slot.slot} of ${change.slot.schedule} is decided already`,
      )
    case 'slot_settled':
      return guarded(
        await settleSlot(db, change),
        `slot ${change.slot.slot} of ${change.slot.schedule} is not queued`,
      )
    case 'forget_slots':
      return rows(await forgetSlots(db, change))
    case 'notice_queued':
      return rows(await queueNotice(db, change))
    case 'notice_settled':
      return guarded(await settleNotice(db, change), `notice ${change.id} is not queued`)
    case 'forget_notices':
      return rows(await forgetNotices(db, change.before))
    case 'forget_tasks':
      return rows(
        await db.deleteFrom('scraping_tasks').where(forgettable(change.before)).executeTakeFirstOrThrow(),
      )
    case 'forget_batches':
      return forgetBatches(db, change.before)
    case 'wait_over':
      return rows(await db.deleteFrom('site_waits').where('site', '=', change.site).executeTakeFirstOrThrow())
    case 'unpause':
      return rows(await db.deleteFrom('pauses').where('scope', '=', change.scope).executeTakeFirstOrThrow())
  }
}

async function acceptOutputs(
  db: Kysely<Tables>,
  { task_ids, at }: Extract<Change, { type: 'outputs_accepted' }>,
): Promise<number> {
  await db
    .updateTable('task_attempts')
    .set({ accepted_at: at })
    .where((eb) => isOneOf(eb.ref('task_id'), task_ids))
    .where('outcome', '=', 'completed')
    .where(isInDoubt('task_attempts'))
    .executeTakeFirstOrThrow()
  return rows(
    await db
      .updateTable('scraping_tasks')
      .set({ output_check: 'accepted' })
      .where((eb) => isOneOf(eb.ref('id'), task_ids))
      .where('output_check', '=', 'suspect')
      .executeTakeFirstOrThrow(),
  )
}

/** Of a task's attempts the one whose output waits for the operator. */
function suspectOutput(task_id: number) {
  return (eb: ExpressionBuilder<Tables, 'task_attempts'>) =>
    eb.and([eb.and({ task_id, outcome: 'completed' }), isInDoubt('task_attempts')])
}

function updateTasks(
  db: Kysely<Tables>,
  { set, from }: Extract<Change, { type: 'task' | 'tasks' | 'details' }>,
) {
  const { output_complete: complete, ...columns } = set
  const flag = complete === undefined ? {} : { output_complete: complete === null ? null : Number(complete) }
  return db
    .updateTable('scraping_tasks')
    .set({ ...columns, ...flag })
    .where('status', '=', from)
}

function startAttempt(
  db: Kysely<Tables>,
  { task_id, number, tag, started_at, log_path }: Extract<Change, { type: 'attempt_started' }>['attempt'],
): Promise<InsertResult> {
  return db
    .insertInto('task_attempts')
    .columns(['task_id', 'execution_batch', 'number', 'tag', 'started_at', 'log_path'])
    .expression((eb) =>
      eb
        .selectFrom('scraping_tasks')
        .select((task) => [
          'id',
          'execution_batch',
          task.val(number).as('number'),
          task.val(tag).as('tag'),
          task.val(started_at).as('started_at'),
          task.val(log_path).as('log_path'),
        ])
        .where('id', '=', task_id),
    )
    .executeTakeFirstOrThrow()
}

function endColumns({ metrics, findings, facts, ...end }: AttemptEnd) {
  return {
    ...end,
    metrics: JSON.stringify(metrics),
    findings: JSON.stringify(findings),
    facts: facts && JSON.stringify(facts),
    error_key: keyOf(end),
  }
}

function keyOf({
  outcome,
  error_class,
  error_message,
}: Pick<AttemptEnd, 'outcome' | 'error_class' | 'error_message'>): string | null {
  return outcome === 'failed' && error_class !== null ? errorKey(error_class, error_message ?? '') : null
}

function guarded(result: UpdateResult | InsertResult, refusal: string): number {
  const touched = rows(result)
  if (touched === 0) throw new ZafraError('conflict', `${refusal}; nothing was changed`)
  return touched
}

function rows(result: UpdateResult | InsertResult | DeleteResult): number {
  if ('numUpdatedRows' in result) return Number(result.numUpdatedRows)
  if ('numDeletedRows' in result) return Number(result.numDeletedRows)
  return Number(result.numInsertedOrUpdatedRows ?? 0)
}
