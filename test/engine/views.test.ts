import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { createMachine, createLogReader, createOutputReader } from '../../src/runner/index.ts'
import { createPlanner } from '../../src/plan/planner.ts'
import type { Overview, Query, View } from '../../src/domain/query.ts'
import { createReader } from '../../src/engine/index.ts'
import { createComparer } from '../../src/checks/index.ts'
import { createScheduler } from '../../src/scheduler/index.ts'
import { openSnapshot } from '../../src/store/index.ts'
import { openBench, type Bench } from '../support/engine.ts'

let bench: Bench
afterEach(() => bench.close())

const PRODUCTS = ['Casas', 'Departamentos', 'Terrenos', 'Bodegas', 'Oficinas', 'Edificios']

function rows(site: string, origin: string, behaviours: readonly string[]): string[] {
  return behaviours.map((does, at) => `${site},Zapopan,venta,${PRODUCTS[at]},${origin}/z/${at}?${does}`)
}

const cyt = (...behaviours: string[]) => rows('CyT', 'https://www.casasyterrenos.com', behaviours)
const start = () => bench.engine.execute({ type: 'start_batch', filter: {} })
const ended = (overview: Overview) => overview.batch !== null && overview.batch.status !== 'running'
const ask = <Q extends Query>(query: Q): Promise<View<Q>> => bench.engine.query(query)
const PAGE = { offset: 0, limit: 50 }

/** Three failures of two groups, one success. */
async function mixed(): Promise<void> {
  bench = await openBench({
    lists: { 'cyt.csv': cyt('1=78', '1=76', '', '1=78') },
    config: { execution: { max_attempts: 1 } },
  })
  await start()
  await bench.until(ended)
}

describe('tasks', () => {
  it('are searched, sorted and found', async () => {
    await mixed()
    const ids = async (search: string) => ask({ type: 'task_ids', filter: { search } })
    expect(await ids('status:failed')).toEqual([1, 2, 4])
    expect(await ids('/z/2')).toEqual([3])
    expect(await ids('!status:failed rows:>=2')).toEqual([3])
    const page = await ask({
      type: 'tasks',
      filter: { batch: 'Nov26_01', search: '!product:terr' },
      sort: { by: 'product', descending: true },
      ...PAGE,
      find: 1,
    })
    expect(page).toMatchObject({ total: 3, position: 1 })
    expect(page.tasks.map(({ product }) => product)).toEqual(['Dep', 'Cas', 'Bod'])
    await expect(ids('rows:many')).rejects.toMatchObject({ code: 'usage' })
  })

  it('in the order of their ids are found too', async () => {
    await mixed()
    const position = async (find: number, descending: boolean, status?: 'completed') => {
      const filter = { batch: 'Nov26_01', ...(status && { status: [status] }) }
      return (await ask({ type: 'tasks', filter, sort: { by: 'id', descending }, ...PAGE, find })).position
    }
    expect(await position(2, false)).toBe(1)
    expect(await position(2, true)).toBe(2)
    expect(await position(3, false, 'completed')).toBe(0)
    expect(await position(2, false, 'completed')).toBeNull()
    expect(await ask({ type: 'task_ids', filter: { status: ['completed'] } })).toEqual([3])
  })

  it('that a search or a group of failures chooses are acted on', async () => {
    await mixed()
    const { groups } = await ask({ type: 'errors', ...PAGE })
    const key = groups.find(({ tasks }) => tasks === 2)?.key ?? ''
    const refused: unknown[] = []
    expect(await bench.engine.execute({ type: 'retry', filter: { error: key } })).toEqual({
      changed: 2,
      refused,
    })
    await bench.until(ended)
    expect(bench.starts()).toEqual([1, 2, 3, 4, 1, 4])
    const retried = await bench.engine.execute({ type: 'retry', filter: { search: '/z/1 status:failed' } })
    expect(retried).toEqual({ changed: 1, refused })
    await bench.until(ended)
    expect(bench.starts().at(-1)).toBe(2)
    const cancelled = await bench.engine.execute({ type: 'cancel', filter: { search: 'no such task' } })
    expect(cancelled).toEqual({ changed: 0, refused })
  })
})

describe('failures', () => {
  it('stand in groups, the latest first, and lead to their tasks', async () => {
    await mixed()
    const { total, groups } = await ask({ type: 'errors', ...PAGE })
    expect(total).toBe(2)
    expect(groups).toMatchObject([
      { error_class: 'config', attempts: 2, tasks: 2, sites: ['CyT'], last_task_id: 4, last_attempt: 1 },
      { attempts: 1, tasks: 1, last_task_id: 2 },
    ])
    const { error_groups } = await ask({ type: 'overview' })
    expect(error_groups).toEqual(groups)
    const of = async (error = '') => ask({ type: 'task_ids', filter: { error } })
    expect(await of(groups[0]?.key)).toEqual([1, 4])
    expect(await of('no such group')).toEqual([])
    expect((await ask({ type: 'errors', offset: 1, limit: 1 })).groups).toEqual(groups.slice(1))
    const [, older] = groups
    const found = await ask({ type: 'errors', search: '!class:config', ...PAGE, find: older?.key ?? '' })
    expect(found).toEqual({ total: 1, groups: [older], position: 0 })
    const among = await ask({ type: 'errors', offset: 0, limit: 0, find: older?.key ?? '' })
    expect(among).toMatchObject({ total: 2, position: 1 })
    const sort = { by: 'tasks', descending: false } as const
    const sorted = await ask({ type: 'errors', sort, offset: 0, limit: 1, find: older?.key ?? '' })
    expect(sorted).toEqual({ total: 2, groups: [older], position: 0 })
    await bench.reopen()
    expect((await ask({ type: 'errors', ...PAGE })).groups).toEqual(groups)
  })
})

describe('failures', () => {
  it('that a later attempt recovered are apart from those that are lost, and count as completed', async () => {
    bench = await openBench({
      lists: { 'cyt.csv': cyt('1=75', '1=78', '') },
      config: { execution: { retry_delay: 1 } },
    })
    await start()
    const { batch, error_groups, recent_errors } = await bench.until((now) => {
      bench.clock.advance(1000)
      return ended(now)
    })
    expect(batch).toMatchObject({ recovered: 1, counts: { completed: 2, permanently_failed: 1 } })
    expect(error_groups).toMatchObject([
      { error_class: 'config', lost: 1, recovered: 0 },
      { error_class: 'transient', lost: 0, recovered: 1 },
    ])
    expect(recent_errors.map(({ task_status }) => task_status).toSorted()).toEqual([
      'completed',
      'permanently_failed',
    ])
    await bench.reopen()
    expect(await ask({ type: 'overview' })).toMatchObject({ batch: { recovered: 1 }, error_groups })
    const [scraper] = await ask({ type: 'stats', of: 'scrapers', days: 7 })
    expect(scraper).toMatchObject({ successful: 2, failed: 1, success_rate: 66.67 })
  })

  it('are no share of what is not finished yet', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('', '1=hang', '') } })
    await start()
    await bench.until((now) => now.batch?.counts.completed === 1 && now.running.length === 1)
    const [scraper] = await ask({ type: 'stats', of: 'scrapers', days: 7 })
    expect(scraper).toMatchObject({ total_executions: 3, success_rate: 100, avg_attempts: 1 })
    const [day] = await ask({ type: 'stats', of: 'trends', days: 7 })
    expect(day).toMatchObject({ total_tasks: 3, daily_success_rate: 100 })
  })
})

describe('batches', () => {
  it('say what they harvested, and what the one before did', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('', '') } })
    await start()
    expect((await bench.until(ended)).batch?.previous).toBeNull()
    bench.clock.advance(60_000)
    await start()
    const { batch } = await bench.until((now) => ended(now) && now.batch?.batch_id === 'Nov26_02')
    expect(batch?.previous).toEqual({ batch_id: 'Nov26_01', rows: 4, completed_tasks: 2, minutes: 0 })
    const { batches } = await ask({ type: 'batches', ...PAGE })
    expect(batches.map(({ batch_id, rows: harvested }) => [batch_id, harvested])).toEqual([
      ['Nov26_02', 4],
      ['Nov26_01', 4],
    ])
  })

  it('are done when their combinations took so long before', async () => {
    bench = await openBench({
      lists: { 'cyt.csv': cyt('2=hang', '2=hang') },
      config: { execution: { max_attempts: 1 } },
    })
    await firstBatchTaking(10)
    await start()
    const running = (now: Overview) => now.batch?.batch_id === 'Nov26_02' && now.batch.eta_s !== null
    const { batch, sites } = await bench.until(running)
    expect(batch).toMatchObject({ eta_from: 'history' })
    expect(batch?.eta_s).toBeGreaterThan(0)
    expect(sites[0]?.eta_s).toBe(batch?.eta_s)
  })
})

/** Runs a batch whose tasks took so many minutes each, by the engine's clock. */
async function firstBatchTaking(minutes: number): Promise<void> {
  await start()
  for (const completed of [1, 2]) {
    bench.clock.advance(minutes * 60_000)
    await bench.until((now) => (now.batch?.counts.completed ?? 0) >= completed)
  }
  await bench.until(ended)
}

describe('a look', () => {
  it('at the plan says what a batch would be, and writes nothing', async () => {
    bench = await openBench({ lists: { 'cyt.csv': [...cyt('', ''), 'CyT,Atlantis,venta,Casas,https://x'] } })
    expect(await ask({ type: 'plan', filter: {} })).toMatchObject({
      batch_id: 'Nov26_01',
      rows: 3,
      planned: 2,
      rejected: 1,
      tasks: 2,
      sites: [{ site: 'CyT', tasks: 2 }],
      estimated_duration_minutes: 2,
    })
    const { problems } = await ask({ type: 'plan', filter: {} })
    expect(problems[0]).toMatchObject({ severity: 'error' })
    expect((await ask({ type: 'batches', ...PAGE })).total).toBe(0)
  })

  it('at an output shows what is delivered, else what is being written', async () => {
    bench = await openBench({ lists: { 'cyt.csv': cyt('', '1=hang') } })
    await start()
    await bench.until((now) => now.batch?.counts.completed === 1 && now.running.length === 1)
    expect(await ask({ type: 'output', task_id: 1, limit: 1 })).toMatchObject({
      accepted: true,
      columns: ['id', 'url'],
      rows: [['1', 'https://example.org/1']],
    })
    await expect(ask({ type: 'output', task_id: 2, limit: 1 })).rejects.toMatchObject({ code: 'not_found' })
    const { task, names } = await ask({ type: 'task', id: 2 })
    expect(names.city).not.toBe(task.city)
    const partial = join(bench.config.workspace, `${task.output_path}.partial`)
    await writeFile(partial, 'id,url\n7,\u001b[31mred\n8,ha')
    expect(await ask({ type: 'output', task_id: 2, limit: 5 })).toMatchObject({
      accepted: false,
      path: `${task.output_path}.partial`,
      rows: [
        ['7', '\u001b[31mred'],
        ['8', 'ha'],
      ],
    })
    await expect(ask({ type: 'output', task_id: 99, limit: 5 })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('into a log finds lines', async () => {
    await mixed()
    const { lines, attempt, end } = await ask({
      type: 'log_matches',
      task_id: 1,
      text: 'TOLD to',
      from: 0,
      stream: 'err',
    })
    expect([attempt, end, lines.length]).toEqual([1, true, 1])
    const page = await ask({ type: 'log', task_id: 1, from: { offset: lines[0] ?? 0 }, limit: 1 })
    expect(page.lines[0]?.text).toBe('told to exit 78')
  })

  it('at the system shows the process, the limits and the database', async () => {
    await mixed()
    bench.clock.advance(5000)
    const system = await ask({ type: 'system' })
    expect(system).toMatchObject({
      node: process.versions.node,
      clients: 1,
      machine: bench.load,
      limits: { max_parallel: 4 },
      database: { path: bench.config.database.path, tasks: 4, batches: 1, last_backup: null },
      socket: null,
    })
    expect(system.uptime_s).toBeGreaterThanOrEqual(5)
    expect(system.memory_bytes).toBeGreaterThan(1e6)
    expect(system.database.file_bytes + system.database.journal_bytes).toBeGreaterThan(0)
  })

  it('through a reader sees the same', async () => {
    await mixed()
    const { config, clock } = bench
    const reads = await openSnapshot(config.database.path, clock)
    onTestFinished(() => reads.close())
    const reader = createReader({
      config,
      reads,
      clock,
      planner: createPlanner(config, { hasScraper: () => true }),
      machine: createMachine(config.workspace),
      logs: createLogReader(),
      outputs: createOutputReader(),
      comparer: createComparer(),
      scheduler: createScheduler(),
      version: '0.0.0',
      owner: null,
    })
    const filter = { batch: 'Nov26_01', search: 'status:failed' }
    const sort = { by: 'product', descending: false } as const
    for (const query of [
      { type: 'tasks', filter, sort, ...PAGE, find: 4 },
      { type: 'task_ids', filter },
      { type: 'errors', ...PAGE },
      { type: 'batches', ...PAGE },
      { type: 'plan', filter: {} },
      { type: 'output', task_id: 3, limit: 3 },
    ] as const) {
      expect(await reader.query(query)).toEqual(await ask(query))
    }
    expect(await reader.query({ type: 'system' })).toMatchObject({
      uptime_s: null,
      clients: 0,
      database: { tasks: 4, batches: 1 },
    })
  })
})

it('a backup is made on demand, and said where', async () => {
  const made = { path: '/backups/one.db.gz', bytes: 12 }
  bench = await openBench({ lists: {}, backups: { make: () => Promise.resolve(made) } })
  expect(await bench.engine.execute({ type: 'backup' })).toEqual(made)
})
