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
  const { scheduler, store, config } = core
  const due = await undecided(
    core,
    rule.name,
    scheduler.due(cronRule(config, rule), parseSqlTime(looked_at), now),
    now,
  )
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
async function undecided(core: Core, schedule: string, { slots, omitted }: Due, now: Date): Promise<Due> {
  const [first, last] = [omitted?.latest ?? slots[0], slots.at(-1)]
  if (!first || !last) return { slots, omitted }
  const held = await core.store.slotsBetween(schedule, sqlTime(first), sqlTime(last))
  const decided = new Set(held.filter((slot) => !isLeftUndone(slot, now)).map(({ slot }) => slot))
  return {
    slots: slots.filter((slot) => !decided.has(sqlTime(slot))),
    omitted: omitted && !decided.has(sqlTime(omitted.latest)) ? omitted : null,
  }
}

function isLeftUndone({ decision, decided_at }: Slot, now: Date): boolean {
  return (decision === 'missed' || decision === 'skipped_overlap') && decided_at > sqlTime(now)
}
