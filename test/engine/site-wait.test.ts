import { afterEach, expect, it } from 'vitest'
import type { Overview } from '../../src/domain/query.ts'
import { openBench, type Bench } from '../support/engine.ts'

let bench: Bench
afterEach(() => bench.close())

const PRODUCTS = ['Casas', 'Departamentos', 'Terrenos', 'Bodegas', 'Oficinas', 'Edificios']

/** One row per behaviour, all of one site and city. */
const cyt = (...behaviours: string[]) =>
  behaviours.map(
    (does, at) => `CyT,Zapopan,venta,${PRODUCTS[at]},https://www.casasyterrenos.com/z/${at}?${does}`,
  )

const start = () => bench.engine.execute({ type: 'start_batch', filter: {} })
const ended = (overview: Overview) => overview.batch !== null && overview.batch.status !== 'running'
const waits = (now: Overview) => now.sites[0]?.state === 'paused' && now.running.length === 0
const site = async () => (await bench.engine.query({ type: 'overview' })).sites[0]

it('asks a portal that asked for an hour once in that hour, whatever waits there', async () => {
  bench = await openBench({ lists: { 'cyt.csv': cyt('1=ask3600', '', '', '', '', '') } })
  await start()
  const { sites, alerts } = await bench.until(waits)
  expect(sites[0]?.note).toBe('the portal asked for one hour; goes on at 2026-11-24 06:00:01 UTC')
  expect(alerts).toMatchObject([
    { code: 'paused', message: expect.stringContaining('CyT is paused: the portal asked') },
  ])
  expect((await bench.tasks('retrying')).map(({ retry_at }) => retry_at)).toEqual(['2026-11-24 06:00:01'])
  bench.clock.advance(3_590_000)
  await bench.until(waits)
  expect(bench.starts()).toEqual([1])
  bench.clock.advance(20_000)
  expect((await bench.until(ended)).batch?.completed_tasks).toBe(6)
  expect(await site()).toMatchObject({ state: 'done' })
})

it('keeps the longest of what was asked, also when what already ran completes', async () => {
  const lists = { 'cyt.csv': cyt('1=ask3600', '1=ask60', '', '') }
  bench = await openBench({ lists, config: { execution: { per_site: 3 } } })
  await start()
  const { sites } = await bench.until((now) => waits(now) && now.batch?.completed_tasks === 1)
  expect(sites[0]?.note).toMatch(/one hour; goes on at 2026-11-24 06:00:0\d UTC$/)
  expect(bench.starts()).toHaveLength(3)
})

it('outlives the engine, and the pause and unpause of everything', async () => {
  bench = await openBench({ lists: { 'cyt.csv': cyt('1=ask7200', '') } })
  await start()
  await bench.until(waits)
  await bench.reopen()
  await bench.engine.execute({ type: 'resume_batch' })
  await bench.engine.execute({ type: 'pause' })
  await bench.engine.execute({ type: 'unpause' })
  expect(await site()).toMatchObject({ state: 'paused', note: expect.stringContaining('asked for 2 hours') })
  expect(bench.starts()).toEqual([1])
})

it('is lifted by the operator, and that is said', async () => {
  bench = await openBench({ lists: { 'cyt.csv': cyt('1=ask3600', '') } })
  await start()
  await bench.until(waits)
  const lifted = await bench.engine.execute({ type: 'unpause', site: 'CyT' })
  expect(lifted).toMatchObject({
    changed: 1,
    note: expect.stringMatching(/^although the portal asked for one hour, until/),
  })
  await bench.until((now) => now.batch?.completed_tasks === 1)
})

it('stays below a pause of the operator, who has to lift both', async () => {
  bench = await openBench({ lists: { 'cyt.csv': cyt('1=ask3600', '') } })
  await start()
  await bench.until(waits)
  await bench.engine.execute({ type: 'pause', site: 'CyT' })
  expect((await site())?.note).toBe('paused by the operator')
  const first = await bench.engine.execute({ type: 'unpause', site: 'CyT' })
  expect(first).toMatchObject({
    changed: 1,
    note: expect.stringMatching(/^but not before .* the portal asked/),
  })
  expect(await site()).toMatchObject({ state: 'paused', note: expect.stringContaining('the portal asked') })
  expect(await bench.engine.execute({ type: 'unpause', site: 'CyT' })).toMatchObject({ changed: 1 })
  expect((await site())?.state).not.toBe('paused')
})
