import { afterEach, expect, it } from 'vitest'
import { openBench, type Bench } from '../support/engine.ts'
import { ledger, pass, schedule, turn } from './slots.ts'

let bench: Bench
afterEach(() => bench.close())

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ROW = 'CyT,Zapopan,venta,Casas,https://www.casasyterrenos.com/z'

it('the schedule of the backups makes one when it is due, unless nothing was written since the last one', async () => {
  let made = 0
  const answers = [() => Promise.reject(new Error('no room'))]
  bench = await openBench({
    lists: { 'cyt.csv': [`${ROW}/0?`] },
    config: { schedule: [], database: { backup_cron: '0 6 * * *' }, time_zone: 'UTC' },
    schedules: true,
    backups: {
      make() {
        made += 1
        return answers.shift()?.() ?? Promise.resolve({ path: 'a.db.gz', bytes: 1 })
      },
    },
  })
  await pass(bench, 30_000)
  const decided = async (ms: number) => {
    await pass(bench, ms)
    while ((await ledger(bench)).some((line) => line.endsWith('queued'))) await turn(bench)
    return ledger(bench)
  }
  expect(await decided(HOUR)).toEqual(['11-24 06:00 failed'])
  expect(await decided(DAY)).toEqual(['11-24 06:00 failed', '11-25 06:00 ran'])
  expect(made).toBe(2)
  await decided(DAY)
  expect(made).toBe(2)
  expect((await schedule(bench)).slots[0]).toMatchObject({
    decision: 'ran',
    reason: 'on time; nothing was written since the last backup',
  })
  await bench.engine.execute({ type: 'pause' })
  await decided(DAY)
  expect(made).toBe(3)
  expect(await bench.engine.execute({ type: 'run_schedule', name: 'backup' })).toEqual({
    batch_id: null,
    reason: 'backup a.db.gz was made',
  })
})
