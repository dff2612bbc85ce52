import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createScheduler } from '../../src/scheduler/index.ts'
import { local, ZONES } from './zones.ts'

const scheduler = createScheduler()
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const zone = fc.constantFrom(...ZONES)
/** Any second of eighteen years; one in two within two days of a change of the clocks somewhere. */
const moment = fc
  .oneof(
    fc.integer({ min: Date.UTC(2018, 0, 1) / 1000, max: Date.UTC(2036, 0, 1) / 1000 }),
    fc
      .tuple(
        fc.integer({ min: 2018, max: 2035 }),
        fc.constantFrom([2, 8], [2, 29], [3, 4], [9, 3], [9, 25], [10, 1]),
        fc.integer({ min: -2 * 86_400, max: 2 * 86_400 }),
      )
      .map(([year, [month, day], seconds]) => Date.UTC(year, month ?? 0, day) / 1000 + seconds),
  )
  .map((seconds) => new Date(seconds * 1000))

const field = (most: number) =>
  fc.uniqueArray(fc.integer({ min: 0, max: most }), { minLength: 1, maxLength: 3 }).map(String)
const fixedTime = fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 23 }))
const anyRule = fc.oneof(
  fixedTime.map(([minute, hour]) => `${minute} ${hour} * * *`),
  fc.tuple(field(59), field(23)).map(([minutes, hours]) => `${minutes} ${hours} * * *`),
  fc.constantFrom(
    '*/30 * * * *',
    '*/15 1-3 * * *',
    '17 * * * *',
    '0 */2 * * *',
    '0 2 1,16 * *',
    '30 1 L * 5',
    '15 30 2 * * *',
    '0 0 13 * 5',
  ),
)

/** Due several times on every day, so that a stretch of many is a short one. */
const denseRule = fc.constantFrom(
  '*/30 * * * *',
  '17 * * * *',
  '0 */2 * * *',
  '30 1,2,3 * * *',
  '*/20 1-4 * * *',
)

test('a rule that comes in every hour is due whenever the clocks show its minute, and at no other moment', () => {
  fc.assert(
    fc.property(
      zone,
      moment,
      fc.constantFrom<number[]>([0, 30], [17], [5, 20, 35, 50]),
      (time_zone, after, minutes) => {
        const until = new Date(after.getTime() + 6 * HOUR)
        const expected: string[] = []
        for (
          let at = Math.floor(after.getTime() / MINUTE + 1) * MINUTE;
          at <= until.getTime();
          at += MINUTE
        ) {
          const shown = local(new Date(at), time_zone)
          if (minutes.includes(Number(shown.slice(14, 16)))) expected.push(new Date(at).toISOString())
        }
        const { slots } = scheduler.due({ cron: `${minutes.join()} * * * *`, time_zone }, after, until)
        expect(slots.map((slot) => slot.toISOString())).toEqual(expected)
      },
    ),
    { numRuns: 150 },
  )
})

test('a rule of half hours keeps half an hour between its slots, whatever the clocks do', () => {
  fc.assert(
    fc.property(zone, moment, (time_zone, after) => {
      const slots = scheduler.next({ cron: '*/30 * * * *', time_zone }, after, 120)
      const gaps = slots.slice(1).map((slot, at) => slot.getTime() - (slots[at]?.getTime() ?? 0))
      expect(new Set(gaps)).toEqual(new Set([30 * MINUTE]))
    }),
    { numRuns: 150 },
  )
})

test('a daily rule comes once on every day of the calendar, at its time or just after the gap that holds it', () => {
  fc.assert(
    fc.property(zone, moment, fixedTime, (time_zone, after, [minute, hour]) => {
      const slots = scheduler.next({ cron: `${minute} ${hour} * * *`, time_zone }, after, 400)
      const wanted = [hour, minute].map((part) => String(part).padStart(2, '0')).join(':')
      const shown = slots.map((slot) => local(slot, time_zone))
      const early = slots.filter((slot, at) => {
        const is = shown[at]?.slice(11, 16) ?? ''
        // Just after a gap the clocks show more, and a second before that less: what was wanted they never show.
        const was = local(new Date(slot.getTime() - 1000), time_zone).slice(11, 16)
        return is !== wanted && !(was < wanted && wanted < is)
      })
      expect(early).toEqual([])
      const days = shown.map((text) => Date.parse(`${text.slice(0, 10)}T00:00Z`) / DAY)
      expect(days.map((day) => day - (days[0] ?? 0))).toEqual(Array.from({ length: 400 }, (_, at) => at))
    }),
    { numRuns: 40 },
  )
})

/** Stretches of time that follow each other, some of them ending at a moment when many rules are due. */
const steps = fc.array(
  fc.oneof(
    fc.integer({ min: 1, max: 2 * DAY }),
    fc.integer({ min: 1, max: 96 }).map((halfHours) => halfHours * 30 * MINUTE),
  ),
  { minLength: 1, maxLength: 8 },
)

test('however a stretch of time is cut, each slot is in one piece of it', () => {
  fc.assert(
    fc.property(zone, anyRule, moment, steps, (time_zone, cron, moments, lengths) => {
      const rule = { cron, time_zone }
      const after = new Date(Math.floor(moments.getTime() / HOUR) * HOUR)
      const ends = lengths.map((_, at) => {
        const passed = lengths.slice(0, at + 1).reduce((sum, each) => sum + each, 0)
        return new Date(after.getTime() + passed)
      })
      const all: Date[] = []
      const end = ends.at(-1) ?? after
      for (let next = after; next <= end;) {
        next = scheduler.next(rule, next, 1)[0] ?? new Date(end.getTime() + 1)
        if (next <= end) all.push(next)
      }
      const pieces = ends.map((to, at) => scheduler.due(rule, ends[at - 1] ?? after, to))
      expect(pieces.flatMap(({ slots }) => slots)).toEqual(all)
      expect(pieces.filter(({ omitted }) => omitted)).toEqual([])
    }),
    { numRuns: 100 },
  )
})

describe('of a long stretch', () => {
  test('the latest hundred are told and the rest is counted', () => {
    fc.assert(
      fc.property(
        zone,
        denseRule,
        moment,
        fc.integer({ min: 1, max: 500 }),
        (time_zone, cron, after, days) => {
          const rule = { cron, time_zone }
          const until = new Date(after.getTime() + days * DAY)
          const all = scheduler.next(rule, after, days * 48 + 1).filter((slot) => slot <= until)
          const { slots, omitted } = scheduler.due(rule, after, until)
          expect(slots).toEqual(all.slice(-100))
          expect(omitted).toEqual(
            all.length <= 100 ? null : { count: all.length - 100, latest: all.at(-101) },
          )
        },
      ),
      { numRuns: 30 },
    )
  })

  test('no more than two years are looked at, however far the clock has jumped', () => {
    const rule = { cron: '0 0 * * *', time_zone: 'Europe/Madrid' }
    const { slots, omitted } = scheduler.due(rule, new Date(0), new Date('2600-01-01T12:00Z'))
    expect(slots).toHaveLength(100)
    expect(omitted?.count).toBe(731 - 100)
  })
})
