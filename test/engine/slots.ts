import type { Bench } from '../support/engine.ts'

/** A snapshot is made in a turn of its own, which comes after a look at the schedules that was asked for before. */
export async function turn({ engine }: Pick<Bench, 'engine'>): Promise<void> {
  const heard = Promise.withResolvers<void>()
  const stop = engine.subscribe(() => heard.resolve())
  await heard.promise
  stop()
}

/** Moves time on and lets the engine look. */
export async function pass(bench: Bench, ms: number): Promise<void> {
  bench.clock.advance(ms)
  await turn(bench)
}

export async function schedule({ engine }: Pick<Bench, 'engine'>, offset = 0) {
  return engine.query({ type: 'schedule', offset, limit: 1000 })
}

/** Soonest first: `11-24 06:00 ran Nov26_01`. */
export async function ledger(bench: Bench): Promise<string[]> {
  const { slots } = await schedule(bench)
  return slots
    .map(({ slot, decision, batch_id }) => `${slot.slice(5, 16)} ${decision} ${batch_id ?? ''}`.trim())
    .toReversed()
}
