import { afterEach, describe, expect, it } from 'vitest'
import type { Overview } from '../../src/domain/query.ts'
import { createScheduler } from '../../src/scheduler/index.ts'
import { openBench, type Bench } from '../support/engine.ts'
import { ledger, pass, schedule, turn } from './slots.ts'

let bench: Bench
afterEach(() => bench.close())

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const ROW = 'CyT,Zapopan,venta,Casas,https://www.casasyterrenos.com/z'
const DAILY = { name: 'daily', cron: '0 6 * * *', time_zone: 'UTC' }

/** The bench's clock begins at 2026-11-24 05:00 UTC. */
async function open(rules: object[], options: { does?: string; schedules?: boolean } = {}): Promise<void> {
  bench = await openBench({
    lists: { 'cyt.csv': [`${ROW}/0?${options.does ?? ''}`] },
    config: { schedule: rules, database: { backup_cron: '' } },
    schedules: options.schedules ?? true,
  })
  await look()
}

const ended = ({ batch }: Overview) => batch !== null && batch.status !== 'running'

/** Lets the engine look at the schedules as the clock is now. */
const look = () => pass(bench, 30_000)

async function batches(): Promise<string[]> {
  const { batches: all } = await bench.engine.query({ type: 'batches', offset: 0, limit: 100 })
  return all.map((batch) => batch.batch_id).toReversed()
}

describe('a slot', () => {
  it('starts one batch when it is due; the first look of all catches nothing up', async () => {
    await open([DAILY])
    expect(await schedule(bench)).toMatchObject({
      schedules: [
        { name: 'daily', enabled: true, last: null, next: { length: 5, 0: '2026-11-24 06:00:00' } },
      ],
      total: 0,
    })
    const { next_slot } = await bench.engine.query({ type: 'overview' })
    expect(next_slot).toEqual({ schedule: 'daily', slot: '2026-11-24 06:00:00' })
    await pass(bench, HOUR)
    expect(await ledger(bench)).toEqual(['11-24 06:00 ran Nov26_01'])
    await bench.until(ended)
    await look()
    expect(await batches()).toEqual(['Nov26_01'])
    expect((await schedule(bench)).schedules[0]).toMatchObject({
      last: { decision: 'ran', batch_id: 'Nov26_01', reason: 'on time' },
      next: { 0: '2026-11-25 06:00:00' },
    })
  })

  it('uses the filters of its rule, and fails where they leave nothing', async () => {
    await open([
      { ...DAILY, filters: { site: 'CyT' } },
      { ...DAILY, name: 'none', cron: '0 7 * * *', filters: { site: 'Mit' } },
    ])
    await pass(bench, HOUR)
    await bench.until(ended)
    await pass(bench, HOUR)
    const { slots } = await schedule(bench)
    expect(slots[0]).toMatchObject({
      schedule: 'none',
      decision: 'failed',
      batch_id: null,
      reason: expect.stringContaining('the plan holds no task'),
    })
    expect(slots[1]).toMatchObject({ schedule: 'daily', decision: 'ran' })
    const { alerts } = await bench.engine.query({ type: 'overview' })
    expect(alerts).toEqual([
      { code: 'lists', message: expect.stringContaining('schedule none started no batch') },
    ])
  })

  it('that came while no engine was there is made up for once, by the latest', async () => {
    await open([DAILY])
    await bench.engine.close()
    bench.clock.advance(3 * DAY + 2 * HOUR)
    await bench.reopen()
    await turn(bench)
    expect(await ledger(bench)).toEqual([
      '11-24 06:00 missed',
      '11-25 06:00 missed',
      '11-26 06:00 missed',
      '11-27 06:00 caught_up Nov26_01',
    ])
    await bench.until(ended)
    await look()
    expect(await batches()).toEqual(['Nov26_01'])
  })

  it('is made up for each where the rule says so, one batch after another', async () => {
    await open([{ ...DAILY, catch_up: 'all' }])
    await pass(bench, DAY + 2 * HOUR)
    expect(await ledger(bench)).toEqual(['11-24 06:00 caught_up Nov26_01', '11-25 06:00 queued'])
    await bench.until((now) => ended(now) && now.batch?.batch_id === 'Nov26_02')
    expect(await ledger(bench)).toEqual(['11-24 06:00 caught_up Nov26_01', '11-25 06:00 caught_up Nov26_02'])
  })

  it('is not looked at in an engine that is there for one act alone', async () => {
    await open([DAILY], { schedules: false })
    await pass(bench, 3 * DAY)
    expect(await ledger(bench)).toEqual([])
    expect(await batches()).toEqual([])
  })
})

describe('while a batch is not finished', () => {
  it('a slot is skipped', async () => {
    await open([DAILY], { does: '1=hang' })
    await pass(bench, HOUR)
    await pass(bench, DAY)
    expect(await ledger(bench)).toEqual(['11-24 06:00 ran Nov26_01', '11-25 06:00 skipped_overlap'])
    expect((await schedule(bench)).slots[0]?.reason).toBe('batch Nov26_01 was not finished')
  })

  it('or waits for its end, also over a restart', async () => {
    await open([{ ...DAILY, overlap: 'queue' }], { does: '1=hang' })
    await pass(bench, HOUR)
    await pass(bench, DAY)
    expect(await ledger(bench)).toEqual(['11-24 06:00 ran Nov26_01', '11-25 06:00 queued'])
    await bench.reopen()
    await turn(bench)
    expect(await ledger(bench)).toEqual(['11-24 06:00 ran Nov26_01', '11-25 06:00 queued'])
    await bench.engine.execute({ type: 'cancel_batch', batch_id: 'Nov26_01' })
    await turn(bench)
    expect(await ledger(bench)).toEqual(['11-24 06:00 ran Nov26_01', '11-25 06:00 ran Nov26_02'])
  })

  it('one that waited for longer than its max_age is missed', async () => {
    await open([{ ...DAILY, overlap: 'queue', max_age: '2h' }], { does: '1=hang' })
    await pass(bench, HOUR)
    await pass(bench, DAY)
    await pass(bench, 3 * HOUR)
    await bench.engine.execute({ type: 'cancel_batch', batch_id: 'Nov26_01' })
    await turn(bench)
    expect(await ledger(bench)).toEqual(['11-24 06:00 ran Nov26_01', '11-25 06:00 missed'])
  })

  it('nothing is decided while the engine drains', async () => {
    await open([DAILY])
    await bench.engine.execute({ type: 'drain' })
    await pass(bench, 2 * HOUR)
    expect(await ledger(bench)).toEqual([])
    await bench.reopen()
    await turn(bench)
    expect(await ledger(bench)).toEqual(['11-24 06:00 caught_up Nov26_01'])
  })
})

describe('the operator', () => {
  it('disables and enables a schedule over restarts; what came meanwhile is not made up for', async () => {
    await open([DAILY])
    const enable = (enabled: boolean) =>
      bench.engine.execute({ type: 'enable_schedule', name: 'daily', enabled })
    expect(await enable(false)).toEqual({ enabled: false })
    await bench.reopen()
    await pass(bench, 2 * DAY)
    expect((await schedule(bench)).schedules[0]).toMatchObject({ enabled: false, next: [] })
    expect((await bench.engine.query({ type: 'overview' })).next_slot).toBeNull()
    expect(await enable(true)).toEqual({ enabled: true })
    await look()
    expect(await ledger(bench)).toEqual([])
    await pass(bench, HOUR)
    expect(await ledger(bench)).toEqual(['11-26 06:00 ran Nov26_01'])
  })

  it('runs one by hand, which is no slot', async () => {
    await open([{ ...DAILY, enabled: false }])
    expect(await bench.engine.execute({ type: 'run_schedule', name: 'daily' })).toMatchObject({
      batch_id: 'Nov26_01',
    })
    await bench.until(ended)
    expect(await ledger(bench)).toEqual([])
  })

  it('hears which schedules there are', async () => {
    await open([DAILY])
    await expect(bench.engine.execute({ type: 'run_schedule', name: 'dayly' })).rejects.toMatchObject({
      code: 'not_found',
      message: 'there is no schedule dayly; zafra.yaml has: daily',
    })
  })
})

it('rules that cannot be followed are an alert until they can, and hold up no work', async () => {
  const sound = createScheduler()
  let broken = true
  const scheduler: typeof sound = {
    ...sound,
    due(...of) {
      if (broken) throw new Error('no such zone')
      return sound.due(...of)
    },
  }
  bench = await openBench({
    lists: { 'cyt.csv': [`${ROW}/0?`] },
    config: { schedule: [DAILY], database: { backup_cron: '' } },
    schedules: true,
    scheduler,
  })
  await look()
  await pass(bench, HOUR)
  const alerts = async () => (await bench.engine.query({ type: 'overview' })).alerts
  expect(await alerts()).toMatchObject([
    { code: 'schedule', message: expect.stringContaining('no such zone') },
  ])
  await bench.engine.execute({ type: 'start_batch', filter: {} })
  expect((await bench.until(ended)).batch).toMatchObject({ status: 'completed' })
  broken = false
  await look()
  expect(await alerts()).toEqual([])
})
