import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sqlTimeMs } from '../../src/domain/clock.ts'
import type { Delivery } from '../../src/domain/notice.ts'
import type { Overview } from '../../src/domain/query.ts'
import { openBench, type Bench } from '../support/engine.ts'

let bench: Bench
afterEach(() => bench.close())

const PRODUCTS = [
  'Casas',
  'Departamentos',
  'Terrenos',
  'Bodegas',
  'Oficinas',
  'Edificios',
  'Ranchos',
  'Quinta',
]

/** One row per behaviour, all of one site and city. */
function cyt(...behaviours: string[]): string[] {
  return behaviours.map(
    (does, at) => `CyT,Zapopan,venta,${PRODUCTS[at]},https://www.casasyterrenos.com/z/${at}?${does}`,
  )
}

function inm24(...behaviours: string[]): string[] {
  return behaviours.map(
    (does, at) => `Inm24,Zapopan,venta,${PRODUCTS[at]},https://www.inmuebles24.com/${at}.html?${does}`,
  )
}

const start = () => bench.engine.execute({ type: 'start_batch', filter: {} })
const ended = (overview: Overview) => overview.batch !== null && overview.batch.status !== 'running'

describe('a batch', () => {
  it('can be looked at by its name while another is the latest', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('') } })
    await start()
    await bench.until(ended)
    await start()
    await bench.until((now) => ended(now) && now.batch?.batch_id === 'Nov26_02')
    const { batch } = await bench.engine.query({ type: 'overview', batch_id: 'Nov26_01' })
    expect(batch).toMatchObject({ batch_id: 'Nov26_01', completed_tasks: 1 })
    await expect(bench.engine.query({ type: 'overview', batch_id: 'Ene99_01' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('harvests every row of its list, in order, and ends', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('', '', '') } })
    expect(await start()).toEqual({ batch_id: 'Nov26_01', tasks: 3, rejected: 0, absent_sites: [] })
    const { batch, sites } = await bench.until(ended)
    expect(batch).toMatchObject({
      status: 'completed',
      total_tasks: 3,
      completed_tasks: 3,
      failed_tasks: 0,
      rows: 6,
    })
    expect(batch?.estimated_duration_minutes).toBeGreaterThan(0)
    expect(sites).toMatchObject([{ site: 'CyT', state: 'done', rows: 6 }])
    expect(bench.starts()).toEqual([1, 2, 3])
    for (const task of await bench.tasks()) {
      const file = await readFile(join(bench.config.workspace, task.output_path))
      expect(task).toMatchObject({
        status: 'completed',
        data_records_extracted: 2,
        file_size_bytes: file.length,
      })
    }
  })

  it('tells every change once, numbered without a gap, after a snapshot', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('1=75', '') } })
    await start()
    await bench.until((now) => now.batch?.counts.retrying === 1 && now.batch.counts.completed === 1)
    const [first, ...rest] = bench.events
    expect(first?.type).toBe('snapshot')
    expect(rest.map((event) => event.seq)).toEqual(rest.map((_, at) => first!.seq + 1 + at))
    const seen = rest.flatMap((event) =>
      event.type === 'task' ? [`${event.task.id} ${event.task.status}`] : [],
    )
    expect(seen).toEqual(['1 running', '1 retrying', '2 running', '2 completed'])
  })

  it('is refused while another is not finished, and where the lists hold nothing', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('1=hang') } })
    await start()
    await expect(start()).rejects.toMatchObject({ code: 'conflict' })
    await bench.engine.execute({ type: 'cancel_batch', batch_id: 'Nov26_01' })
    await expect(
      bench.engine.execute({ type: 'start_batch', filter: { site: 'Lam' } }),
    ).rejects.toMatchObject({ code: 'lists' })
    expect(await start()).toMatchObject({ batch_id: 'Nov26_02' })
  })

  it('has failed when nothing of it completed', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('1=78', '1=76') } })
    await start()
    expect((await bench.until(ended)).batch).toMatchObject({ status: 'failed', failed_tasks: 2 })
  })
})

describe('places', () => {
  it('are limited per site and in all, and sites take turns', async () => {
    const lists = { 'cyt.csv': cyt('', '', ''), 'inm24.csv': inm24('', ''), 'prop.csv': [] as string[] }
    bench = await openBench({ lists, config: { execution: { max_parallel: 2, per_site: 1 } } })
    const looks: Promise<Overview>[] = []
    bench.engine.subscribe(() => looks.push(bench.engine.query({ type: 'overview' })))
    await start()
    await bench.until(ended)
    const running = (await Promise.all(looks)).map((overview) => overview.running.map((each) => each.website))
    expect(Math.max(...running.map((sites) => sites.length))).toBe(2)
    expect(running.filter((sites) => new Set(sites).size < sites.length)).toEqual([])
  })

  it('go to the site of highest priority first', async () => {
    const lists = { 'cyt.csv': cyt('', ''), 'inm24.csv': inm24('', '') }
    bench = await openBench({
      lists,
      config: { execution: { max_parallel: 1 }, sites: { Inm24: { priority: 9, detail_scraper: null } } },
    })
    await start()
    await bench.until(ended)
    const sites = new Map((await bench.tasks()).map((task) => [task.id, task.website]))
    expect(bench.starts().map((id) => sites.get(id))).toEqual(['Inm24', 'Inm24', 'CyT', 'CyT'])
  })
})

describe('order', () => {
  it('relaxed: the next goes on while a task waits for its retry', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('1=75', '', '') } })
    await start()
    await bench.until((now) => now.batch?.counts.completed === 2)
    bench.clock.advance(60_001)
    await bench.until(ended)
    expect(bench.starts()).toEqual([1, 2, 3, 1])
  })

  it('strict: a task that waits for its retry holds its site', async () => {
    bench = await openBench({
      lists: { 'cyt.csv': cyt('1=75', '', '') },
      config: { execution: { order: 'strict' } },
    })
    await start()
    const { sites } = await bench.until((now) => now.batch?.counts.retrying === 1)
    expect(sites[0]?.counts.pending).toBe(2)
    bench.clock.advance(60_001)
    await bench.until(ended)
    expect(bench.starts()).toEqual([1, 1, 2, 3])
  })
})

describe('a detail task', () => {
  it('runs as soon as its main task is done, before the next main task, from its output', async () => {
    bench = await openBench({ lists: { 'inm24.csv': inm24('', '') } })
    await start()
    await bench.until(ended)
    const tasks = new Map((await bench.tasks()).map((task) => [task.id, task.scraper_name]))
    expect(bench.starts().map((id) => tasks.get(id))).toEqual(['inm24', 'inm24_det', 'inm24', 'inm24_det'])
  })

  it('is skipped when its main task failed, with the reason, and a retry of the main task revives it', async () => {
    bench = await openBench({ lists: { 'inm24.csv': inm24('1=78', '') } })
    await start()
    const over = await bench.until(ended)
    expect(over.batch).toMatchObject({
      status: 'completed',
      total_tasks: 4,
      completed_tasks: 2,
      failed_tasks: 2,
      counts: { pending: 0, permanently_failed: 1, skipped: 1, completed: 2 },
    })
    expect(over.sites).toMatchObject([{ site: 'Inm24', state: 'done', note: '1 skipped' }])
    const [main] = await bench.tasks('permanently_failed')
    const [detail] = await bench.tasks('skipped')
    expect(detail).toMatchObject({
      depends_on: main!.id,
      error_message: `its main task failed: ${main!.error_message}`,
      completed_at: main!.completed_at,
    })
    expect(bench.events).toContainEqual(expect.objectContaining({ type: 'task', task: detail }))
    expect(await bench.engine.query({ type: 'stats', of: 'incomplete', days: 400 })).toEqual([])
    const itself = await bench.engine.execute({ type: 'retry', filter: { ids: [detail!.id] } })
    expect(itself).toMatchObject({
      changed: 0,
      refused: [{ reason: expect.stringContaining(`retry that one, ${main!.id}`) }],
    })

    expect(await bench.engine.execute({ type: 'retry', filter: { ids: [main!.id] } })).toMatchObject({
      changed: 1,
    })
    const { batch } = await bench.until((now) => ended(now) && now.batch?.counts.completed === 4)
    expect(batch).toMatchObject({ status: 'completed', failed_tasks: 0, counts: { skipped: 0 } })
    expect((await bench.tasks()).find(({ id }) => id === detail!.id)).toMatchObject({ error_message: null })
  })

  it.each([
    ['waits', false],
    ['runs', true],
  ])('is skipped when its main task is cancelled while that %s', async (_, runs) => {
    bench = await openBench({
      lists: { 'inm24.csv': inm24('1=hang', '') },
      config: { execution: { max_parallel: 1 } },
    })
    await start()
    await bench.until((now) => now.running.length === 1)
    const cancelled = runs ? 1 : 3
    await bench.engine.execute({ type: 'cancel', filter: { ids: [cancelled] } })
    const [detail] = await bench.tasks('skipped')
    expect(detail).toMatchObject({ depends_on: cancelled, error_message: 'its main task was cancelled' })

    await bench.engine.execute({ type: 'retry', filter: { status: ['cancelled'] } })
    expect(await bench.tasks('skipped')).toEqual([])
    if (!runs) await bench.engine.execute({ type: 'cancel', filter: { ids: [1, 2] } })
    const { batch } = await bench.until(ended)
    expect(batch?.counts).toMatchObject({ skipped: 0, completed: runs ? 4 : 2 })
  })

  it('is skipped again when it was cancelled and is retried without its main task', async () => {
    bench = await openBench({ lists: { 'inm24.csv': inm24('1=78') } })
    await bench.engine.execute({ type: 'pause' })
    await start()
    await bench.engine.execute({ type: 'cancel', filter: { ids: [2] } })
    await bench.engine.execute({ type: 'unpause' })
    await bench.until(ended)
    await bench.engine.execute({ type: 'retry', filter: { ids: [2] } })
    const { batch } = await bench.until((now) => ended(now) && now.batch?.counts.skipped === 1)
    expect(batch?.counts).toMatchObject({ permanently_failed: 1, skipped: 1 })
    const [detail] = await bench.tasks('skipped')
    expect(detail?.error_message).toMatch(/^its main task failed: .*told to exit 78/s)
  })

  it('goes on with the batch that was cancelled, where it was skipped because of its main task', async () => {
    bench = await openBench({ lists: { 'inm24.csv': inm24('1=hang', '') } })
    await start()
    await bench.until((now) => now.running.length === 1)
    await bench.engine.execute({ type: 'cancel', filter: { ids: [1] } })
    await bench.until(ended)
    expect((await bench.tasks('skipped')).map(({ id }) => id)).toEqual([2])
    await bench.engine.execute({ type: 'retry', filter: { ids: [1] } })
    await bench.until((now) => now.batch?.counts.completed === 4)
  })
})

describe('retries', () => {
  it('come later each time, and stop when the attempts are used up', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('1=1&2=75&3=1') } })
    await start()
    await bench.until((now) => now.batch?.counts.retrying === 1)
    bench.clock.advance(60_001)
    await bench.until((now) => now.batch?.counts.retrying === 1 && bench.starts().length === 2)
    bench.clock.advance(60_001)
    expect((await bench.engine.query({ type: 'overview' })).batch?.counts.retrying).toBe(1)
    bench.clock.advance(60_001)
    await bench.until(ended)
    const { task, attempts } = await bench.engine.query({ type: 'task', id: 1 })
    expect(task).toMatchObject({
      status: 'permanently_failed',
      attempts: 3,
      error_message: expect.stringContaining('told to exit'),
    })
    expect(attempts.map(({ number, outcome, exit_code }) => ({ number, outcome, exit_code }))).toEqual([
      { number: 1, outcome: 'failed', exit_code: 1 },
      { number: 2, outcome: 'failed', exit_code: 75 },
      { number: 3, outcome: 'failed', exit_code: 1 },
    ])
  })

  it('by hand start the count anew and keep every attempt', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('1=78') } })
    await start()
    await bench.until(ended)
    await bench.engine.execute({ type: 'retry', filter: { status: ['permanently_failed'] } })
    await bench.until((now) => now.batch?.status === 'completed')
    const { task, attempts } = await bench.engine.query({ type: 'task', id: 1 })
    expect(task).toMatchObject({ status: 'completed', attempts: 1, error_message: null })
    expect(attempts.map((attempt) => attempt.outcome)).toEqual(['failed', 'completed'])
  })

  it('are refused for what is completed, with the reason', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('') } })
    await start()
    await bench.until(ended)
    const answer = await bench.engine.execute({ type: 'retry', filter: { ids: [1, 99] } })
    expect(answer.changed).toBe(0)
    expect(answer.refused).toMatchObject([
      { id: 1, reason: expect.stringContaining('completed') },
      { id: 99 },
    ])
  })
})

describe('a site that blocks', () => {
  it('is paused after so many in a row, for longer each time, until one goes through', async () => {
    const lists = { 'cyt.csv': cyt('1=77&2=77', '1=77', '') }
    const site = { pause_after_blocked: 2, pause: 600, pause_factor: 3, pause_max: 100_000 }
    bench = await openBench({ lists, config: { sites: { CyT: site } } })
    await start()
    const first = await bench.until((now) => now.sites[0]?.state === 'paused')
    expect(first.sites[0]?.note).toContain('05:10:00')
    expect(bench.starts()).toEqual([1, 2])
    bench.clock.advance(600_001)
    const second = await bench.until((now) => now.sites[0]?.note?.includes('05:40') ?? false)
    expect(second.alerts).toMatchObject([{ code: 'paused', message: expect.stringContaining('CyT') }])
    bench.clock.advance(1_800_001)
    await bench.until(ended)
    expect((await bench.engine.query({ type: 'overview' })).batch?.counts.completed).toBe(3)
  })
})

describe('a wall', () => {
  it('pauses its site before anything else starts there, once for all that ran into it', async () => {
    const lists = { 'cyt.csv': cyt('1=77', '1=77', '', ''), 'inm24.csv': inm24('', '', '') }
    const config = {
      execution: { per_site: 2 },
      sites: { CyT: { pause_after_blocked: 1, pause: 600, pause_factor: 3 } },
    }
    bench = await openBench({ lists, config })
    await start()
    const { sites } = await bench.until(
      (now) => now.batch?.counts.completed === 6 && now.running.length === 0,
    )
    expect(sites.find((site) => site.site === 'CyT')).toMatchObject({
      state: 'paused',
      note: expect.stringMatching(/^blocked; goes on at 2026-11-24 05:10/),
      counts: { pending: 2, retrying: 2 },
    })
  })
})

describe('cancelling', () => {
  it('stops a running task and says so when nothing of it is left', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('1=hang', '') } })
    await start()
    await bench.until((now) => now.running.length === 1)
    expect(await bench.engine.execute({ type: 'cancel', filter: { ids: [1] } })).toEqual({
      changed: 1,
      refused: [],
    })
    await bench.until(ended)
    expect((await bench.tasks()).map((task) => task.status)).toEqual(['cancelled', 'completed'])
  })

  it('knows when what runs last said anything', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('1=tell') } })
    await start()
    const { running } = await bench.until((now) => now.running.length === 1)
    expect(running[0]?.progress_at).toBe(running[0]?.started_at)
    bench.clock.advance(60_000)
    const asked = sqlTimeMs(bench.clock.now())
    await writeFile(join(bench.config.workspace, 'go'), '')
    const told = await bench.until((now) => now.running[0]?.progress.page === 1)
    expect(told.running[0]?.progress_at.localeCompare(asked)).toBeGreaterThanOrEqual(0)
  })

  it('takes tasks out of the queue', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('1=hang', '', '') } })
    await start()
    await bench.until((now) => now.running.length === 1)
    expect(await bench.engine.execute({ type: 'cancel', filter: { product: 'Terr' } })).toMatchObject({
      changed: 1,
    })
    await bench.engine.execute({ type: 'cancel', filter: { ids: [1] } })
    await bench.until(ended)
    expect((await bench.tasks()).map((task) => task.status)).toEqual(['cancelled', 'completed', 'cancelled'])
  })

  it('ends a whole batch, and resume takes it up again', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('1=hang&2=0', '') } })
    await start()
    await bench.until((now) => now.running.length === 1)
    await bench.engine.execute({ type: 'cancel_batch', batch_id: 'Nov26_01' })
    const { batch } = await bench.engine.query({ type: 'overview' })
    expect(batch).toMatchObject({ status: 'cancelled', counts: { cancelled: 2 } })
    expect(await bench.engine.execute({ type: 'resume_batch' })).toEqual({ batch_id: 'Nov26_01', tasks: 2 })
    expect((await bench.until(ended)).batch).toMatchObject({ status: 'completed', completed_tasks: 2 })
  })
})

describe('pausing and draining', () => {
  it('a paused site starts nothing, the others go on', async () => {
    const lists = { 'cyt.csv': cyt('', ''), 'inm24.csv': inm24('') }
    bench = await openBench({ lists })
    await bench.engine.execute({ type: 'pause', site: 'CyT' })
    await start()
    await bench.until((now) => now.batch?.counts.completed === 2)
    expect(
      (await bench.engine.query({ type: 'overview' })).sites.find((site) => site.site === 'CyT'),
    ).toMatchObject({ state: 'paused', counts: { pending: 2 } })
    await bench.engine.execute({ type: 'unpause', site: 'CyT' })
    await bench.until(ended)
  })

  it('a pause outlives the engine', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('') } })
    await bench.engine.execute({ type: 'pause' })
    await bench.reopen()
    await start()
    const { engine, alerts } = await bench.engine.query({ type: 'overview' })
    expect(engine.state).toBe('paused')
    expect(alerts).toMatchObject([{ message: expect.stringContaining('everything is paused') }])
    await bench.engine.execute({ type: 'unpause' })
    await bench.until(ended)
  })

  it('draining while the last tasks run ends the batch', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('1=hang', '') } })
    await start()
    await bench.until((now) => now.running.length === 1)
    await bench.engine.execute({ type: 'cancel', filter: { product: 'Dep' } })
    await bench.engine.execute({ type: 'drain' })
    await bench.engine.execute({ type: 'cancel', filter: { ids: [1] } })
    // All of it was cancelled task by task: no failure.
    expect((await bench.until(ended)).batch).toMatchObject({ status: 'cancelled', counts: { cancelled: 2 } })
    expect(await start()).toMatchObject({ batch_id: 'Nov26_02' })
  })

  it('draining lets what runs end, starts nothing more, and resume goes on', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('1=hang&2=0', '') } })
    await start()
    await bench.until((now) => now.running.length === 1)
    expect(await bench.engine.execute({ type: 'drain' })).toEqual({ running: 1 })
    await bench.engine.execute({ type: 'cancel', filter: { ids: [1] } })
    const { batch } = await bench.until((now) => now.engine.state === 'interrupted')
    expect(batch).toMatchObject({ status: 'running', counts: { pending: 1, cancelled: 1 } })
    expect(await bench.engine.execute({ type: 'resume_batch' })).toMatchObject({ tasks: 1 })
    // The task that the operator cancelled by itself stays so.
    expect((await bench.until(ended)).batch?.counts).toMatchObject({ completed: 1, cancelled: 1 })
  })
})

describe('what the lists hold and the batch does not', () => {
  it('is said with the batch, and stands until the next one', async () => {
    const rows = [...cyt(''), 'CyT,Atlantis,venta,Casas,https://www.casasyterrenos.com/atlantis']
    bench = await openBench({ lists: { 'cyt.csv': rows } })
    expect(await start()).toMatchObject({ tasks: 1, rejected: 1 })
    expect((await bench.until(ended)).alerts).toMatchObject([
      { code: 'lists', message: expect.stringContaining('1 row') },
    ])
  })
})

describe('a site that had tasks in the batch before and has none now', () => {
  const list = (name: string) => join(bench.config.paths.urls, name)
  const ABSENT = { site: 'CyT', tasks: 1, before: 'Nov26_01' }

  it.each<[string, () => Promise<void>, RegExp]>([
    [
      'its list is empty',
      () => writeFile(list('cyt.csv'), ''),
      /no list has a row for it; urls\/cyt\.csv is empty/,
    ],
    [
      'its list is a page',
      () => writeFile(list('cyt.csv'), '<html>'),
      /cyt\.csv is an HTML page and no list/,
    ],
    ['its list is gone', () => rm(list('cyt.csv')), /no list has a row for it: a list is missing/],
    [
      'its rows are rejected',
      () =>
        writeFile(
          list('cyt.csv'),
          `PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL\n${cyt('')[0]?.replace('Zapopan', 'Atlantis')}`,
        ),
      /cyt\.csv its only row cannot be used/,
    ],
  ])('is named before the batch, in its alert, with it and in its digest: %s', async (_, change, why) => {
    const told: Delivery[] = []
    bench = await openBench({
      lists: { 'cyt.csv': cyt(''), 'inm24.csv': inm24('') },
      config: { notify: { channels: { ops: { type: 'exec', command: ['true'], on: ['batch_ended'] } } } },
      messenger: () => ({
        send(delivery) {
          told.push(delivery)
          return Promise.resolve({ sent: true })
        },
      }),
    })
    await start()
    expect((await bench.until(ended)).batch?.absent_sites).toEqual([])
    await change()
    const absent = [{ ...ABSENT, reason: expect.stringMatching(why) as string }]
    expect((await bench.engine.query({ type: 'plan', filter: {} })).absent_sites).toEqual(absent)
    // What the operator leaves out is not missing.
    expect((await bench.engine.query({ type: 'plan', filter: { site: 'Inm24' } })).absent_sites).toEqual([])
    expect(await start()).toMatchObject({ tasks: 2, absent_sites: absent })
    const over = await bench.until((now) => ended(now) && now.batch?.batch_id === 'Nov26_02')
    expect(over.batch?.absent_sites).toEqual(absent)
    expect(over.alerts).toMatchObject([
      { code: 'lists', message: expect.stringContaining('site CyT had 1 task in Nov26_01') },
    ])
    await bench.reopen()
    expect((await bench.engine.query({ type: 'overview' })).batch?.absent_sites).toEqual(absent)
    await bench.until(() => told.length === 2)
    expect(told[1]?.notice).toMatchObject({ event: 'batch_ended', digest: { absent_sites: absent } })
  })
})

describe('listeners', () => {
  it('that throw are told nothing more, and harm nobody', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('', '') } })
    bench.engine.subscribe((event) => {
      if (event.type !== 'snapshot') throw new Error('a client that is broken')
    })
    await start()
    expect(await bench.until(ended)).toMatchObject({ batch: { status: 'completed' }, alerts: [] })
  })
})

describe('the machine’s limits', () => {
  it('hold every new start, say which limit it is, and let go', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('') } })
    bench.load = { cpu_percent: 97, memory_percent: 10, free_disk_bytes: 10 ** 12 }
    await start()
    const held = await bench.until((now) => now.engine.state === 'held')
    expect(held.alerts).toMatchObject([{ code: 'cpu', message: expect.stringContaining('97 %') }])
    expect(held.running).toEqual([])
    bench.load = { cpu_percent: 7, memory_percent: 10, free_disk_bytes: 10 ** 12 }
    bench.clock.advance(2001)
    expect((await bench.until(ended)).alerts).toEqual([])
    bench.load = { cpu_percent: 97, memory_percent: 10, free_disk_bytes: 10 ** 12 }
    bench.clock.advance(2001)
    await start()
    await bench.until((now) => now.engine.state === 'held')
    await bench.engine.execute({ type: 'cancel_batch', batch_id: 'Nov26_02' })
    await bench.until((now) => now.alerts.length === 0, 'no word of limits where there is nothing to start')
  })
})

describe('closing', () => {
  it('interrupts what runs without using up an attempt; the next engine waits for resume', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('1=hang&2=0', '') } })
    await start()
    await bench.until((now) => now.running.length === 1)
    await bench.reopen()
    const { engine, batch, alerts } = await bench.engine.query({ type: 'overview' })
    expect(engine.state).toBe('interrupted')
    expect(batch).toMatchObject({ status: 'running', counts: { pending: 2 } })
    expect(alerts).toMatchObject([{ code: 'interrupted' }])
    expect((await bench.tasks()).map((task) => task.attempts)).toEqual([0, 0])
    await bench.engine.execute({ type: 'resume_batch', batch_id: 'Nov26_01' })
    await bench.until(ended)
    const { attempts } = await bench.engine.query({ type: 'task', id: 1 })
    expect(attempts.map((attempt) => attempt.outcome)).toEqual(['interrupted', 'completed'])
    expect(existsSync(join(bench.config.workspace, '.zafra', 'work', '1'))).toBe(false)
  })
})
