import { sqlTime } from '../domain/clock.ts'
import type { ScheduleConfig } from '../domain/config.ts'
import type { Verdict } from '../domain/schedule.ts'

/** Milliseconds: a slot that is decided within this is on time, however busy the engine was. */
const ON_TIME = 2 * 60 * 1000

export function isOnTime(slot: Date, now: Date): boolean {
  return now.getTime() - slot.getTime() <= ON_TIME
}

/**
 * Which of the due slots are acted on: one that is on time is, unless a later one is as well; of those before it
 * `once` makes up for all by one run, `all` for each, `none` for none. What is older than `max_age` is missed.
 */
export function decide(
  { catch_up, max_age }: Pick<ScheduleConfig, 'catch_up' | 'max_age'>,
  slots: readonly Date[],
  now: Date,
): Verdict[] {
  const newest = slots.at(-1)
  return slots.map((slot) => {
    const onTime = isOnTime(slot, now)
    if (!onTime && now.getTime() - slot.getTime() > max_age * 1000) {
      return missed(slot, `due ${late(slot, now)} before it was looked at, longer than max_age`)
    }
    if (!onTime && catch_up === 'none')
      return missed(slot, `due ${late(slot, now)} before it was looked at; catch_up is none`)
    if (catch_up !== 'all' && slot !== newest) {
      return missed(slot, `the run for ${newest ? sqlTime(newest) : ''} UTC makes up for it`)
    }
    return { slot, act: true, reason: onTime ? 'on time' : `made up for ${late(slot, now)} later` }
  })
}

function missed(slot: Date, reason: string): Verdict {
  return { slot, act: false, reason }
}

/** `3d 4h`, `2h 5m`, `4m`. */
function late(slot: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - slot.getTime()) / 60_000)
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60]
  if (d > 0) return `${d}d ${h}h`
  return h > 0 ? `${h}h ${m}m` : `${m}m`
}
