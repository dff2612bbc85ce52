import { sql, type DeleteResult, type InsertResult, type Kysely, type UpdateResult } from 'kysely'
import type { DeliveryState, Notice, OutboxEntry, QueuedDelivery } from '../../domain/notice.ts'
import type { Change } from '../../domain/store.ts'
import type { Tables } from '../tables.ts'

type OutboxChange<Type extends Change['type']> = Extract<Change, { type: Type }>

const DELIVERY = ['seq', 'id', 'channel', 'notice', 'created_at', 'tries', 'next_try_at'] as const

export async function queuedChannels(db: Kysely<Tables>): Promise<string[]> {
  const rows = await queued(db).select('channel').distinct().orderBy('channel').execute()
  return rows.map(({ channel }) => channel)
}

export async function nextDelivery(db: Kysely<Tables>, channel: string): Promise<QueuedDelivery | undefined> {
  const row = await queued(db)
    .select(DELIVERY)
    .where('channel', '=', channel)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst()
  return row && { ...row, notice: JSON.parse(row.notice) as Notice }
}

export async function entries(
  db: Kysely<Tables>,
  limit: number,
  state: DeliveryState | undefined,
): Promise<OutboxEntry[]> {
  const rows = await db
    .selectFrom('outbox')
    .select([...DELIVERY, 'state', 'ended_at', 'reason'])
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, notice: JSON.parse(row.notice) as Notice }))
}

/** Costs a look at every notice that is kept of an alert or of an end: once, as an engine starts. */
export async function toldAlerts(db: Kysely<Tables>): Promise<{ code: string; message: string }[]> {
  const rows = await db
    .selectFrom('outbox')
    .select('notice')
    .where('event', 'in', ['alert', 'recovered'])
    .where('state', '<>', 'given_up')
    .orderBy('seq')
    .execute()
  const open = new Map<string, { code: string; message: string }>()
  for (const row of rows) {
    const notice = JSON.parse(row.notice) as Notice
    if (notice.event === 'alert') open.set(notice.code, { code: notice.code, message: notice.message })
    else if (notice.event === 'recovered' && notice.of.what === 'alert') open.delete(notice.of.code)
  }
  return [...open.values()]
}

export function queueNotice(
  db: Kysely<Tables>,
  { delivery: { id, channel, notice, created_at } }: OutboxChange<'notice_queued'>,
): Promise<InsertResult> {
  return db
    .insertInto('outbox')
    .values({
      id,
      channel,
      event: notice.event,
      notice: JSON.stringify(notice),
      created_at,
      state: 'queued',
      tries: 0,
    })
    .executeTakeFirstOrThrow()
}

/** Touches nothing where it is not queued any more. */
export function settleNotice(
  db: Kysely<Tables>,
  { id, set }: OutboxChange<'notice_settled'>,
): Promise<UpdateResult> {
  return db
    .updateTable('outbox')
    .set(set)
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .executeTakeFirstOrThrow()
}

export function forgetNotices(db: Kysely<Tables>, before: string): Promise<DeleteResult> {
  return db.deleteFrom('outbox').where('ended_at', '<', before).executeTakeFirstOrThrow()
}

// Written out, not a parameter: only so does SQLite see that the index of what is queued will do.
function queued(db: Kysely<Tables>) {
  return db.selectFrom('outbox').where('state', '=', sql.lit('queued' as const))
}
