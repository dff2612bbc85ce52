import { parseSqlTime, sqlTime } from '../domain/clock.ts'
import type { Config, ScheduleConfig } from '../domain/config.ts'
import { BACKUP_SCHEDULE, type CronRule, type Due, type Slot } from '../domain/schedule.ts'
import type { Change } from '../domain/store.ts'
import type { Core } from './core.ts'

/** A schedule's rule in the time zone that holds for it. */
export function cronRule(config: Config, { cron, time_zone }: ScheduleConfig): CronRule {
  return { cron, time_zone: time_zone ?? config.time_zone }
}

/**
 * A line of the ledger for every slot between the last look and `now`: missed, left out because a batch is not
 * finished, or `queued` to be acted on.
 * @param looked_at UTC as `sqlTimeMs`
 */
export async function decideSlots(
  core: Core,
  rule: ScheduleConfig,
  looked_at: string,
  now: Date,
): Promise<Change[]> {
  const { scheduler, store } = core
  const due = await undecided(core, rule, parseSqlTime(looked_at), now)
  const [open] = rule.name === BACKUP_SCHEDULE ? [] : await store.openBatches()
  const line = (slot: Date, decision: Slot['decision'], reason: string): Change => ({
    type: 'slot_decided',
    slot: {
      schedule: rule.name,
      slot: sqlTime(slot),
      decision,
      decided_at: sqlTime(now),
      batch_id: null,
      reason,
    },
  })
  const lines = scheduler.decide(rule, due.slots, now).map(({ slot, act, reason }) => {
    if (!act) return line(slot, 'missed', reason)
    if (!open) return line(slot, 'queued', reason)
    return rule.overlap === 'skip'
      ? line(slot, 'skipped_overlap', `batch ${open.batch_id} was not finished`)
      : line(slot, 'queued', `${reason}, after batch ${open.batch_id}`)
  })
  if (!due.omitted) return lines
  const { count, latest } = due.omitted
  return [
    line(latest, 'missed', `too many at once: stands for ${count} missed slots up to this one`),
    ...lines,
  ]
}

/**
 * Without those that the ledger holds: where the clock was set back they come again. One that a clock which ran ahead
 * left undone is still to be decided.
 */
async function undecided(core: Core, rule: ScheduleConfig, since: Date, now: Date): Promise<Due> {
  const dueUntil = (until: Date) => core.scheduler.due(cronRule(core.config, rule), since, until)
  const open = async (slots: readonly Date[]) => {
    const [first, last] = [slots[0], slots.at(-1)]
    if (!first || !last) return []
    const held = await core.store.slotsBetween(rule.name, sqlTime(first), sqlTime(last))
    const decided = new Set(held.filter((slot) => !isLeftUndone(slot, now)).map(({ slot }) => slot))
    return slots.filter((slot) => !decided.has(sqlTime(slot)))
  }
  const due = dueUntil(now)
  let { omitted } = due
  // One line stands for them all, at the latest that the ledger does not hold yet.
  while (omitted && (await open([omitted.latest])).length === 0) {
    const earlier = dueUntil(omitted.latest)
    const left = await open(earlier.slots)
    const latest = left.at(-1)
    omitted = latest ? { count: left.length + (earlier.omitted?.count ?? 0), latest } : earlier.omitted
  }
  return { slots: await open(due.slots), omitted }
}

/**
 * From when on slots are to be decided anew that a clock which ran ahead of `now` left undone: since the last one that was
 * acted on, which made up for all before it, and no longer than max_age. Undefined: there is none.
 * @param looked_at how far that clock was looked at; UTC as `sqlTimeMs`
 */
export async function undoneSince(
  { store }: Core,
  { name, max_age }: ScheduleConfig,
  looked_at: string,
  now: Date,
): Promise<Date | undefined> {
  const oldest = new Date(now.getTime() - max_age * 1000)
  const held = await store.slotsBetween(name, sqlTime(oldest), looked_at)
  const acted = held.findLast((slot) => !isUndone(slot) && slot.slot <= sqlTime(now))
  const undone = held.some((slot) => isLeftUndone(slot, now) && slot.slot > (acted?.slot ?? ''))
  if (!undone) return undefined
  return acted ? parseSqlTime(acted.slot) : oldest
}

function isLeftUndone(slot: Slot, now: Date): boolean {
  return isUndone(slot) && slot.decided_at > sqlTime(now)
}

function isUndone({ decision }: Slot): boolean {
  return decision === 'missed' || decision === 'skipped_overlap'
}
