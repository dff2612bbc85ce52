import { sql, type DeleteResult, type InsertResult, type Kysely, type UpdateResult } from 'kysely'
import type { ScheduleState, Slot } from '../../domain/schedule.ts'
import type { Change } from '../../domain/store.ts'
import type { Tables } from '../tables.ts'

export async function schedules(db: Kysely<Tables>): Promise<ScheduleState[]> {
  const rows = await db.selectFrom('schedules').selectAll().orderBy('name').execute()
  return rows.map(({ enabled, ...rest }) => ({ ...rest, enabled: enabled === null ? null : enabled === 1 }))
}

export async function slots(
  db: Kysely<Tables>,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ total: number; slots: Slot[] }> {
  const page = await latestFirst(db).limit(limit).offset(offset).execute()
  const { total } = await db
    .selectFrom('schedule_slots')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { total, slots: page }
}

export function slotsBetween(
  db: Kysely<Tables>,
  schedule: string,
  from: string,
  to: string,
): Promise<Slot[]> {
  return db
    .selectFrom('schedule_slots')
    .selectAll()
    .where('schedule', '=', schedule)
    .where('slot', '>=', from)
    .where('slot', '<=', to)
    .orderBy('slot')
    .execute()
}

export function lastSlot(db: Kysely<Tables>, schedule: string): Promise<Slot | undefined> {
  return db
    .selectFrom('schedule_slots')
    .selectAll()
    .where('schedule', '=', schedule)
    .orderBy('slot', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export function queuedSlots(db: Kysely<Tables>): Promise<Slot[]> {
  return db
    .selectFrom('schedule_slots')
    .selectAll()
    .where('decision', '=', sql.lit('queued' as const))
    .orderBy('slot')
    .orderBy('schedule')
    .execute()
}

export function remember(db: Kysely<Tables>, { enabled, ...rest }: ScheduleState): Promise<InsertResult> {
  const row = { ...rest, enabled: enabled === null ? null : Number(enabled) }
  return db
    .insertInto('schedules')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .executeTakeFirstOrThrow()
}

/** Touches nothing where the slot is decided already, unless a clock that ran ahead left it undone. */
export function decideSlot(db: Kysely<Tables>, slot: Slot): Promise<InsertResult> {
  return db
    .insertInto('schedule_slots')
    .values(slot)
    .onConflict((conflict) =>
      conflict
        .columns(['schedule', 'slot'])
        .doUpdateSet(slot)
        .where('schedule_slots.decision', 'in', ['missed', 'skipped_overlap'])
        .where('schedule_slots.decided_at', '>', slot.decided_at),
    )
    .executeTakeFirstOrThrow()
}

/** Touches nothing where the slot is not queued. */
export function settleSlot(
  db: Kysely<Tables>,
  { slot, set }: Extract<Change, { type: 'slot_settled' }>,
): Promise<UpdateResult> {
  return db
    .updateTable('schedule_slots')
    .set(set)
    .where('schedule', '=', slot.schedule)
    .where('slot', '=', slot.slot)
    .where('decision', '=', 'queued')
    .executeTakeFirstOrThrow()
}

/** However old they are, by a clock that may run ahead: so many of a schedule's last slots stay. */
const STAY = 1000

export function forgetSlots(
  db: Kysely<Tables>,
  { schedule, before }: Extract<Change, { type: 'forget_slots' }>,
): Promise<DeleteResult> {
  return db
    .deleteFrom('schedule_slots')
    .where('schedule', '=', schedule)
    .where('slot', '<', before)
    .where('slot', '<', (eb) =>
      eb
        .selectFrom('schedule_slots as last')
        .select('last.slot')
        .where('last.schedule', '=', schedule)
        .orderBy('last.slot', 'desc')
        .limit(1)
        .offset(STAY - 1),
    )
    .where('decision', '<>', 'queued')
    .executeTakeFirstOrThrow()
}

function latestFirst(db: Kysely<Tables>) {
  return db.selectFrom('schedule_slots').selectAll().orderBy('slot', 'desc').orderBy('schedule', 'desc')
}
