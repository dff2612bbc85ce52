import type { CronRule, Scheduler } from '../domain/schedule.ts'
import { decide, isOnTime } from './decide.ts'
import { readRule, type Rule } from './rule.ts'
import { dueSlots, nextSlots } from './slots.ts'
import { createZone, type Zone } from './zone.ts'

export { cronProblem } from './cron.ts'

/** Remembers the rules and zones that it has read. */
export function createScheduler(): Scheduler {
  const rules = new Map<string, Rule>()
  const zones = new Map<string, Zone>()
  const read = ({ cron, time_zone }: CronRule) =>
    [remembered(rules, cron, readRule), remembered(zones, time_zone, createZone)] as const
  return {
    next: (rule, after, count) =>
      nextSlots(...read(rule), after.getTime(), count).map((slot) => new Date(slot)),
    due: (rule, after, until) => dueSlots(...read(rule), after.getTime(), until.getTime()),
    decide,
    isOnTime,
  }
}

function remembered<Value>(known: Map<string, Value>, key: string, make: (key: string) => Value): Value {
  const value = known.get(key) ?? make(key)
  known.set(key, value)
  return value
}
