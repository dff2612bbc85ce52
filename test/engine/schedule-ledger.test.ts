import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSqlTime, sqlTime } from '../../src/domain/clock.ts'
import type { Plan } from '../../src/domain/plan.ts'
import type { Slot } from '../../src/domain/schedule.ts'
import { createScheduler } from '../../src/scheduler/index.ts'
import { testClock, type TestClock } from '../support/clock.ts'
import { openLedger, type LedgerBench } from './ledger-bench.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY

const ZONES = [
  'America/Mexico_City',
  'America/New_York',
  'Europe/Madrid',
  'Australia/Lord_Howe',
  'UTC',
  'Asia/Kolkata',
]

/** What happens to the engine's time. */
type Step = { pass: number } | { jump: number } | { reopen: { after: number; set: number; before: number } }

const jump = fc.constantFrom(YEAR, -YEAR, 8 * HOUR, -8 * HOUR, -DAY, 3 * MINUTE, -MINUTE)
const down = fc.constantFrom(0, HOUR, 10 * DAY)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom(MINUTE, HOUR, 7 * HOUR, DAY, 20 * DAY).map((pass) => ({ pass })),
  jump.map((each) => ({ jump: each })),
  fc.record({ after: down, set: fc.oneof(fc.constant(0), jump), before: down }).map((reopen) => ({ reopen })),
)
const start = fc
  .integer({ min: Date.UTC(2024, 0, 1) / MINUTE, max: Date.UTC(2030, 0, 1) / MINUTE })
  .map((minutes) => new Date(minutes * MINUTE))
const cron = fc.constantFrom('0 2 1,16 * *', '30 2 * * *', '30 1 * * *', '0 */6 * * *', '15 3 * * 1')

function slotsIn(next: (after: Date) => Date, from: Date, to: Date): Date[] {
  const slots: Date[] = []
  for (let slot = next(from); slot <= to; slot = next(slot)) slots.push(slot)
  return slots
}

/** Several at once, since to open an engine is most of what a run costs. */
const rules = fc.array(
  fc.record({ cron, time_zone: fc.constantFrom(...ZONES), catch_up: fc.constantFrom('once', 'none', 'all') }),
  { minLength: 3, maxLength: 3 },
)

test('over sleep, restarts and a clock that jumps, no slot is lost and none is acted on twice', async () => {
  const scheduler = createScheduler()
  await fc.assert(
    fc.asyncProperty(
      start,
      rules,
      fc.array(step, { minLength: 1, maxLength: 8 }),
      async (moment, ruled, steps) => {
        const clock = testClock(moment)
        const schedule = ruled.map((rule, at) => ({ name: `rule${at}`, max_age: '2000d', ...rule }))
        const bench = await openLedger({ clock, schedule })
        await bench.look()
        const lived = await live(bench, clock, steps)
        const ledger = await bench.slots()
        await bench.close()

        expect(ledger.filter(({ decision }) => decision === 'failed')).toHaveLength(bench.acts())
        expect(ledger.filter(({ decision }) => !['failed', 'missed'].includes(decision))).toEqual([])
        for (const { name, ...rule } of schedule) {
          const next = (after: Date) => scheduler.next(rule, after, 1)[0] ?? after
          const slots = ledger.filter((each) => each.schedule === name)
          expect(lived.flatMap(({ from, to }) => lostOf(slots, slotsIn(next, from, to), to))).toEqual([])
          // Nothing that was never due is in the ledger.
          const due = slots.filter(
            ({ slot }) => sqlTime(next(new Date(parseSqlTime(slot).getTime() - 1))) !== slot,
          )
          expect(due).toEqual([])
        }
      },
    ),
    {
      numRuns: 14,
      examples: [
        // So far back and on again that more are undecided than are written down one by one.
        [
          new Date('2024-01-01'),
          [{ cron: '0 */6 * * *', time_zone: 'UTC', catch_up: 'none' }],
          [{ jump: 3 * MINUTE }, { pass: 20 * DAY }, { pass: 20 * DAY }, { jump: -YEAR }, { jump: YEAR }],
        ],
        // Set back to right before a slot, which is due again at the next look.
        [
          new Date('2026-01-01T13:59:00Z'),
          [{ cron: '0 */6 * * *', time_zone: 'UTC', catch_up: 'once' }],
          [{ jump: -8 * HOUR }],
        ],
      ],
    },
  )
})

/** Stretches of wall time that went by while an engine could know it; one that is set back begins a new one. */
async function live(bench: LedgerBench, clock: TestClock, steps: readonly Step[]) {
  const lived: { from: Date; to: Date }[] = [{ from: clock.now(), to: clock.now() }]
  const passed = () => {
    const last = lived.at(-1)
    const now = clock.now()
    if (last && now >= last.to) last.to = now
    else lived.push({ from: now, to: now })
  }
  for (const each of steps) {
    if ('pass' in each) clock.advance(each.pass)
    if ('jump' in each) clock.jump(each.jump)
    passed()
    if ('reopen' in each) {
      await bench.look()
      passed()
      const looked = clock.now()
      const { after, set, before } = each.reopen
      let from = looked
      await bench.reopen(() => {
        clock.advance(after)
        clock.jump(set)
        from = clock.now()
        clock.advance(before)
      })
      // An engine that finds the clock behind its last look knows that it was set back; before the first: nothing.
      const first = lived.reduce((least, stretch) => (stretch.from < least ? stretch.from : least), looked)
      if (clock.now() < looked) lived.push({ from: from < first ? first : from, to: clock.now() })
    }
    await bench.look()
    passed()
  }
  return lived
}

/** The slots, due up to `to`, that were neither acted on nor made up for, nor left undone by the clock of their time. */
function lostOf(slots: readonly Slot[], due: readonly Date[], to: Date): Date[] {
  const acted = slots.filter(({ decision }) => decision === 'failed')
  const counted = slots.filter(({ reason }) => reason.startsWith('too many'))
  const line = new Map(slots.map((each) => [each.slot, each]))
  return due.filter((moment) => {
    const slot = sqlTime(moment)
    return (
      !acted.some((each) => slot <= each.slot && each.slot <= sqlTime(to)) &&
      ![line.get(slot), ...counted.filter((each) => slot <= each.slot)].some(
        (each) => each && each.decided_at <= sqlTime(to),
      )
    )
  })
}

test('a clock set on by a year costs a hundred lines at most, and what it left undone is done when its time comes', async () => {
  const clock = testClock(new Date('2026-01-01T00:00:10Z'))
  const bench = await openLedger({ clock, schedule: [{ name: 'it', cron: '*/30 * * * *' }] })
  clock.jump(YEAR)
  await bench.look()
  const slots = await bench.slots()
  expect(slots).toHaveLength(101)
  expect(slots[0]).toMatchObject({
    decision: 'missed',
    reason: `too many at once: stands for ${365 * 48 - 100} missed slots up to this one`,
  })
  expect(slots.at(-1)).toMatchObject({ slot: '2027-01-01 00:00:00', decision: 'failed' })
  clock.jump(-DAY)
  for (let slot = 0; slot < 3; slot++) {
    clock.advance(29.5 * MINUTE)
    await bench.look()
  }
  expect(bench.acts()).toBe(4)
  expect(
    (await bench.slots()).filter(({ decision }) => decision === 'failed').map(({ slot }) => slot),
  ).toEqual(['2026-12-31 00:30:00', '2026-12-31 01:00:00', '2026-12-31 01:30:00', '2027-01-01 00:00:00'])
  await bench.close()
})

test('what a clock that ran ahead left undone is done once it is set right, though no engine was there to see that', async () => {
  const clock = testClock(new Date('2026-01-01T00:00:10Z'))
  const bench = await openLedger({ clock, schedule: [{ name: 'it', cron: '0 1 * * *', max_age: '7d' }] })
  clock.jump(YEAR)
  await bench.look()
  await bench.reopen(() => {
    clock.jump(-YEAR)
    clock.advance(3 * DAY)
  })
  for (let more = 0; more < 2; more++) {
    await bench.look()
    expect(
      (await bench.slots()).filter(({ decision }) => decision === 'failed').map(({ slot }) => slot),
    ).toEqual(['2026-01-03 01:00:00', '2026-12-31 01:00:00'])
    expect(bench.acts()).toBe(2)
    await bench.reopen(() => clock.jump(-MINUTE))
  }
  await bench.close()
})

test('the ledger does not grow for ever', async () => {
  const clock = testClock(new Date('2026-01-01T00:00:10Z'))
  const bench = await openLedger({ clock, schedule: [{ name: 'it', cron: '*/30 * * * *' }] })
  for (let look = 0; look < 12; look++) {
    clock.advance(60 * DAY)
    await bench.look()
  }
  // A thousand, and those that were decided since it was last looked at.
  expect((await bench.slots()).length).toBeLessThanOrEqual(1000 + 101)
  await bench.close()
})

test('another rule under an old name begins anew', async () => {
  const clock = testClock(new Date('2026-01-01T00:00:10Z'))
  const before = await openLedger({ clock, schedule: [{ name: 'it', cron: '0 1 * * *' }] })
  await before.look()
  const from = await before.crash()
  clock.advance(DAY)
  await from.look()
  expect(await from.slots()).toHaveLength(1)
  await before.close()
  await from.close()
})

test('a crash between the decision and the batch loses no slot and starts none twice', async () => {
  const clock = testClock(new Date('2026-01-01T00:30:00Z'))
  const asked = Promise.withResolvers<void>()
  const plan = Promise.withResolvers<Plan>()
  const schedule = [{ name: 'it', cron: '0 1 * * *' }]
  const first = await openLedger({
    clock,
    schedule,
    plan() {
      asked.resolve()
      return plan.promise
    },
  })
  clock.advance(31 * MINUTE)
  await asked.promise
  const second = await first.crash()
  expect(second.acts()).toBe(1)
  expect(await second.slots()).toMatchObject([{ slot: '2026-01-01 01:00:00', decision: 'failed' }])
  const third = await second.crash()
  expect(third.acts()).toBe(0)
  expect(await third.slots()).toHaveLength(1)
  plan.reject(new Error('over'))
  for (const bench of [first, second, third]) await bench.close()
})
