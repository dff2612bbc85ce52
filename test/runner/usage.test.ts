import { afterEach, beforeEach, expect, it } from 'vitest'
import { attemptBench, until, type AttemptBench } from '../support/attempts.ts'

let bench: AttemptBench
beforeEach(() => {
  bench = attemptBench()
})
afterEach(() => bench.close())

const MIB = 1024 * 1024

/** A parent that does nothing, one child that computes, one that holds 60 MiB. */
const TREE = `
  ( while :; do :; done ) &
  "$NODE" -e 'globalThis.held = Buffer.alloc(60 * 1024 * 1024, 1); setInterval(() => {}, 1e6)' &
  wait
`.replace('$NODE', process.execPath)

it('is that of the whole tree while it runs, and its peak is kept', async () => {
  const attempt = bench.start({ script: TREE })
  await until(() => attempt.usage.length >= 1, 'a look at the tree')
  attempt.stop('cancel')
  const { peak, outcome } = await attempt.done
  expect(outcome).toBe('cancelled')
  const last = attempt.usage.at(-1)
  // The machine may be busy with other things: a processor is shared, never multiplied.
  expect(last?.cpu_percent).toBeGreaterThan(10)
  expect(last?.cpu_percent).toBeLessThan(250)
  expect(last?.memory_bytes).toBeGreaterThan(60 * MIB)
  expect(peak).toEqual({
    cpu_percent: Math.max(...attempt.usage.map((each) => each.cpu_percent)),
    memory_bytes: Math.max(...attempt.usage.map((each) => each.memory_bytes)),
  })
})

it('counts what children that have ended used', async () => {
  // Each child lives for less than the time between two looks.
  const burst = 'i=0; while [ $i -lt 40000 ]; do i=$((i+1)); done'
  const attempt = bench.start({ script: `while :; do sh -c '${burst}'; done` })
  await until(() => attempt.usage.length >= 1, 'a look at the tree')
  attempt.stop('cancel')
  await attempt.done
  expect(attempt.usage.at(-1)?.cpu_percent).toBeGreaterThan(10)
})

it('is unknown of an attempt that ended before anybody looked', async () => {
  const { peak } = await bench.run({ script: 'exit 0' })
  expect(peak).toBeNull()
})
