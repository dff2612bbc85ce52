import { sqlTime } from '../domain/clock.ts'
import type { Overview, Views } from '../domain/query.ts'
import { BACKUP_SCHEDULE, isEnabled, schedulesOf } from '../domain/schedule.ts'
import { cronRule } from './schedule-slots.ts'
import type { ViewParts } from './views.ts'

/** How many due moments of each rule are told. */
const TOLD = 5

/** The rules as they are in force, and a page of the ledger. */
export async function scheduleView(
  { config, reads, scheduler, clock }: ViewParts,
  page: { offset: number; limit: number },
): Promise<Views['schedule']> {
  const states = new Map((await reads.schedules()).map((state) => [state.name, state]))
  const schedules = await Promise.all(
    schedulesOf(config).map(async (rule) => {
      const enabled = isEnabled(rule, states.get(rule.name))
      const cron = cronRule(config, rule)
      const next = enabled ? scheduler.next(cron, clock.now(), TOLD).map(sqlTime) : []
      return { ...rule, ...cron, enabled, next, last: (await reads.lastSlot(rule.name)) ?? null }
    }),
  )
  return { schedules, ...(await reads.slots(page)) }
}

/** When a schedule starts the next batch. */
export async function nextSlot({
  config,
  reads,
  scheduler,
  clock,
}: ViewParts): Promise<Overview['next_slot']> {
  const states = new Map((await reads.schedules()).map((state) => [state.name, state]))
  const next = schedulesOf(config)
    .filter((rule) => rule.name !== BACKUP_SCHEDULE && isEnabled(rule, states.get(rule.name)))
    .flatMap((rule) =>
      scheduler
        .next(cronRule(config, rule), clock.now(), 1)
        .map((slot) => ({ schedule: rule.name, slot: sqlTime(slot) })),
    )
  return next.sort((a, b) => (a.slot < b.slot ? -1 : 1))[0] ?? null
}
