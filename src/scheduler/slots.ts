import type { Due } from '../domain/schedule.ts'
import type { Rule } from './rule.ts'
import { DAY, type Zone } from './zone.ts'

/** The rarest of rules, 29 February on a given weekday, comes again within forty years. */
const FARTHEST = 41 * 366 * DAY
/** What lies further back is not looked for: nobody asks what a schedule missed then. */
const OLDEST = 731 * DAY
/** So many slots are told one by one. */
const MOST = 100

/** The first `count` slots after `after`. */
export function nextSlots(rule: Rule, zone: Zone, after: number, count: number): number[] {
  const found: number[] = []
  // A day more: where a day was left out of the calendar, its slots come with the next one.
  const first = localMidnight(zone, after) - DAY
  for (let day = first; day < first + FARTHEST && found.length < count; day += DAY) {
    if (!isDay(rule, day) || isPlain(zone, day, Number.NEGATIVE_INFINITY, after)) continue
    for (const slot of slotsOfDay(rule, zone, day)) {
      if (found.length < count && slot > Math.max(after, found.at(-1) ?? after)) found.push(slot)
    }
  }
  return found
}

/** The slots in (`after`, `until`]: the latest ones, and how many there are before them. */
export function dueSlots(rule: Rule, zone: Zone, after: number, until: number): Due {
  const from = Math.max(after, until - OLDEST)
  const latestFirst: number[] = []
  let count = 0
  let latest: number | undefined
  let seen = Number.POSITIVE_INFINITY
  const last = localMidnight(zone, from) - DAY
  for (let day = localMidnight(zone, until) + DAY; day >= last; day -= DAY) {
    if (!isDay(rule, day)) continue
    // Nothing but its length is asked of a day that lies wholly among those which are only counted.
    if (latest !== undefined && isPlain(zone, day, from, seen)) {
      count += rule.times.length
      continue
    }
    for (const slot of slotsOfDay(rule, zone, day).toReversed()) {
      if (slot <= from || slot > until || slot >= seen) continue
      seen = slot
      if (latestFirst.length < MOST) latestFirst.push(slot)
      else {
        latest ??= slot
        count += 1
      }
    }
  }
  return {
    slots: latestFirst.toReversed().map((slot) => new Date(slot)),
    omitted: latest === undefined ? null : { count, latest: new Date(latest) },
  }
}

/**
 * The slots of a local day, soonest first, each once. A time that the clocks jump over is due just after the jump; one
 * that they show twice is due the first time. Rules with a rhythm keep it instead: they skip no interval and rest in
 * none (source: faults.md, DST).
 */
function slotsOfDay(rule: Rule, zone: Zone, day: number): number[] {
  const { before, after, change } = zone.clocks(day)
  if (before === after) return rule.times.map((time) => day + time * 1000 - before)
  const again = rule.everyHour || rule.everyFewMinutes
  const slots = rule.times.flatMap((time) => {
    const local = day + time * 1000
    const instants = [local - before, local - after].filter(
      (instant, which) => instant < change === (which === 0),
    )
    if (instants.length === 0) return rule.everyHour ? [] : [change]
    return again ? instants : instants.slice(0, 1)
  })
  return [...new Set(slots)].sort((a, b) => a - b)
}

/** Whether all of the day's times are slots of their own between the two moments. */
function isPlain(zone: Zone, day: number, from: number, to: number): boolean {
  const { before, after } = zone.clocks(day)
  return before === after && day - before > from && day - before + DAY <= to
}

function localMidnight(zone: Zone, instant: number): number {
  return Math.floor((instant + zone.offset(instant)) / DAY) * DAY
}

function isDay(rule: Rule, midnight: number): boolean {
  const date = new Date(midnight)
  return rule.isDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
}
