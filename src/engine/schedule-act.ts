import { parseSqlTime } from '../domain/clock.ts'
import type { ScheduleConfig } from '../domain/config.ts'
import { reason, ZafraError } from '../domain/error.ts'
import { BACKUP_SCHEDULE, isEnabled, schedulesOf, type Slot } from '../domain/schedule.ts'
import type { Change } from '../domain/store.ts'
import { inLine, makeOne } from './backup.ts'
import { startBatch } from './commands/start-batch.ts'
import type { Core } from './core.ts'

/** What is being done for a slot beside the turn. */
export interface Hands {
  backingUp: boolean
}

/**
 * Acts on the queued slots, the soonest first, as far as no unfinished batch stands in the way. What a crash
 * interrupted is among them: a slot is settled in the transaction that makes its batch. Inside the turn.
 */
export async function actOnQueued(core: Core, hands: Hands): Promise<void> {
  const queued = await core.store.queuedSlots()
  if (queued.length === 0) return
  const states = new Map((await core.store.schedules()).map((state) => [state.name, state]))
  for (const slot of queued) {
    const rule = schedulesOf(core.config).find(({ name }) => name === slot.schedule)
    if (!rule) await settle(core, slot, 'missed', 'the schedule was taken away before its turn came')
    else if (!isEnabled(rule, states.get(rule.name))) {
      await settle(core, slot, 'missed', 'the schedule was disabled before its turn came')
    } else if (rule.name === BACKUP_SCHEDULE) backUp(core, hands, slot)
    else if ((await core.store.openBatches()).length === 0) await start(core, rule, slot)
  }
}

async function start(core: Core, rule: ScheduleConfig, slot: Slot): Promise<void> {
  const age = core.clock.now().getTime() - parseSqlTime(slot.slot).getTime()
  if (!core.scheduler.isOnTime(parseSqlTime(slot.slot), core.clock.now()) && age > rule.max_age * 1000) {
    return settle(core, slot, 'missed', 'it waited for longer than max_age')
  }
  try {
    const settled = (batch_id: string) => [settlement(slot, done(core, slot), slot.reason, batch_id)]
    await startBatch(core, rule.filters, settled)
  } catch (error) {
    // It stays queued until the disk takes writes again.
    if (error instanceof ZafraError && error.code === 'storage') throw error
    await settle(core, slot, 'failed', reason(error))
    const message = `schedule ${rule.name} started no batch: ${reason(error)}`
    core.live.alerts.set('lists', { code: 'lists', message })
  }
  core.publisher.publish({ type: 'engine' })
}

/** Beside the turn, one after another; a slot that a crash or the disk left queued is taken up again. */
function backUp(core: Core, hands: Hands, slot: Slot): void {
  if (hands.backingUp) return
  hands.backingUp = true
  const work = async () => {
    const needed = core.live.unsaved
    const fault = needed ? await makeOne(core).then(() => null, reason) : null
    const why = needed ? slot.reason : `${slot.reason}; nothing was written since the last backup`
    await core.turn(() =>
      fault === null ? settle(core, slot, done(core, slot), why) : settle(core, slot, 'failed', fault),
    )
  }
  const over = () => {
    hands.backingUp = false
  }
  inLine(core, work).then(over, over)
}

function done({ scheduler }: Core, { slot, decided_at }: Slot): Slot['decision'] {
  return scheduler.isOnTime(parseSqlTime(slot), parseSqlTime(decided_at)) ? 'ran' : 'caught_up'
}

async function settle(core: Core, slot: Slot, decision: Slot['decision'], why: string): Promise<void> {
  await core.store.commit([settlement(slot, decision, why, null)])
  core.publisher.publish({ type: 'engine' })
}

function settlement(
  { schedule, slot }: Slot,
  decision: Slot['decision'],
  why: string,
  batch_id: string | null,
): Change {
  return { type: 'slot_settled', slot: { schedule, slot }, set: { decision, batch_id, reason: why } }
}
