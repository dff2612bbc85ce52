import type { Plan, Planner } from '../../src/domain/plan.ts'
import type { Slot } from '../../src/domain/schedule.ts'
import type { TestClock } from '../support/clock.ts'
import { openBench } from '../support/engine.ts'
import { schedule as view, turn } from './slots.ts'

/** An engine whose plans are empty: a slot that is acted on asks for one and fails, and no process is needed. */
export interface LedgerBench {
  /** How often a slot was acted on. */
  acts(): number
  /** Lets the engine look at the schedules as the clock is now; resolves when it has. */
  look(): Promise<void>
  /** Soonest first. */
  slots(): Promise<Slot[]>
  /** Closes the engine, lets something happen to the time and opens another. */
  reopen(meanwhile: () => void): Promise<void>
  /** The workspace as a crash at this moment would leave it, opened by another engine. */
  crash(): Promise<LedgerBench>
  close(): Promise<void>
}

interface Options {
  clock: TestClock
  schedule: readonly object[]
  /** What a plan is made of, when it is asked for; empty at once where a test does not say. */
  plan?: () => Promise<Plan>
  from?: string
}

export async function openLedger({ clock, schedule, from, plan }: Options): Promise<LedgerBench> {
  let acts = 0
  const planner: Planner = {
    plan() {
      acts += 1
      return plan?.() ?? Promise.resolve(EMPTY)
    },
    names: (codes) => Promise.resolve(codes),
  }
  const bench = await openBench({
    lists: {},
    config: { schedule, database: { fsync: 'never', backup_cron: '' }, time_zone: 'UTC' },
    schedules: true,
    planner,
    clock,
    ...(from !== undefined && { from }),
  })
  await turn(bench)
  return {
    acts: () => acts,
    async look() {
      clock.advance(30_000)
      await turn(bench)
    },
    async slots() {
      const found: Slot[] = []
      for (;;) {
        const { slots } = await view(bench, found.length)
        if (slots.length === 0) return found.toReversed()
        found.push(...slots)
      }
    },
    async reopen(meanwhile) {
      await bench.engine.close()
      meanwhile()
      await bench.reopen()
      await turn(bench)
    },
    async crash() {
      const next = await openLedger({ clock, schedule, from: bench.config.workspace })
      await next.look()
      return next
    },
    close: () => bench.close(),
  }
}

const EMPTY: Plan = { rows: 0, planned: 0, duplicates: 0, rejected: 0, tasks: [], problems: [] }
