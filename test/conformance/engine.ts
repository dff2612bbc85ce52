import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Engine } from '../../src/domain/engine.ts'
import type { EngineEvent } from '../../src/domain/event.ts'
import type { Overview, Query } from '../../src/domain/query.ts'
import { openBench, type Bench } from '../support/engine.ts'

/** An engine under test, on a bench whose own engine does the work. */
export interface Subject {
  engine: Engine
  close(): Promise<void>
}

const LISTS = {
  'cyt.csv': [
    'CyT,Zapopan,venta,Casas,https://www.casasyterrenos.com/z/0?1=hang&2=0',
    'CyT,Zapopan,venta,Departamentos,https://www.casasyterrenos.com/z/1?1=78',
    'CyT,Zapopan,venta,Terrenos,https://www.casasyterrenos.com/z/2',
    'CyT,Atlantis,venta,Casas,https://www.casasyterrenos.com/atlantis',
  ],
}

const CONFIG = { execution: { per_site: 3 } }

/** What every `Engine` must do, wherever it does it. `open` gives one over the bench's. */
export function engineConformance(name: string, open: (bench: Bench) => Promise<Subject>): void {
  describe(`${name} is an Engine`, () => {
    let bench: Bench
    let subject: Subject
    beforeEach(async () => {
      bench = await openBench({ lists: LISTS, config: CONFIG })
      subject = await open(bench)
    })
    afterEach(async () => {
      await subject.close()
      await bench.close()
    })
    const engine = () => subject.engine

    commands(engine, () => bench)
    queries(engine, () => bench)
    events(engine, () => bench)
  })
}

const settled = (now: Overview) => now.batch?.counts.completed === 1 && now.batch.counts.running === 1

function commands(engine: () => Engine, bench: () => Bench): void {
  test('it does what it is told, and answers what came of it', async () => {
    expect(await engine().execute({ type: 'start_batch', filter: { city: 'Zap' } })).toEqual({
      batch_id: 'Nov26_01',
      tasks: 3,
      rejected: 1,
      absent_sites: [],
    })
    await bench().until(settled)
    expect(await engine().execute({ type: 'retry', filter: { ids: [2, 3, 99] } })).toMatchObject({
      changed: 1,
      refused: [{ id: 3, reason: expect.stringContaining('completed') }, { id: 99 }],
    })
    expect(await engine().execute({ type: 'pause', site: 'CyT' })).toEqual({ changed: 1, refused: [] })
    expect(await engine().execute({ type: 'pause', site: 'CyT' })).toEqual({ changed: 0, refused: [] })
    expect(await engine().execute({ type: 'unpause', site: 'CyT' })).toEqual({
      changed: 1,
      refused: [],
      note: null,
    })
    expect(await engine().execute({ type: 'drain' })).toMatchObject({ running: expect.any(Number) })
    expect(
      await engine().execute({ type: 'cancel', filter: { status: ['running'], product: 'Cas' } }),
    ).toEqual({ changed: 1, refused: [] })
  })

  test('it follows its schedules as it is told, backs up, and takes nothing for good that it does not know', async () => {
    const name = 'twice-a-month'
    expect(await engine().execute({ type: 'enable_schedule', name, enabled: false })).toEqual({
      enabled: false,
    })
    expect(await engine().execute({ type: 'run_schedule', name })).toMatchObject({
      batch_id: 'Nov26_01',
      reason: expect.any(String),
    })
    expect(await engine().execute({ type: 'accept', filter: { ids: [99] } })).toMatchObject({
      changed: 0,
      refused: [{ id: 99 }],
    })
    expect(await engine().execute({ type: 'backup' })).toEqual({
      path: expect.any(String),
      bytes: expect.any(Number),
    })
  })

  test('a refusal carries its code and its message', async () => {
    await engine().execute({ type: 'start_batch', filter: {} })
    await expect(engine().execute({ type: 'start_batch', filter: {} })).rejects.toMatchObject({
      name: 'ZafraError',
      code: 'conflict',
      message: 'batch Nov26_01 is not finished: wait for it or cancel it first',
    })
    await expect(engine().execute({ type: 'cancel_batch', batch_id: 'Ene99/.. 01' })).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('Ene99/.. 01'),
    })
    await expect(engine().execute({ type: 'pause', site: 'Nowhere' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('a batch that was cancelled is resumed, by its name or as the last one', async () => {
    await engine().execute({ type: 'start_batch', filter: {} })
    await bench().until(settled)
    await engine().execute({ type: 'cancel_batch', batch_id: 'Nov26_01' })
    expect(await engine().execute({ type: 'resume_batch' })).toEqual({ batch_id: 'Nov26_01', tasks: 1 })
    await bench().until((now) => now.batch?.status === 'completed')
    await expect(engine().execute({ type: 'resume_batch', batch_id: 'Nov26_01' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
}

function queries(engine: () => Engine, bench: () => Bench): void {
  const pages: Query[] = [
    { type: 'tasks', filter: {}, offset: 0, limit: 2 },
    { type: 'tasks', filter: {}, sort: { by: 'minutes', descending: true }, find: 2, offset: 0, limit: 9 },
    { type: 'task_ids', filter: { site: 'CyT' } },
    { type: 'tasks', filter: { status: ['completed', 'running'], site: 'CyT' }, offset: 1, limit: 5 },
    { type: 'tasks', filter: { ids: [] }, offset: 0, limit: 5 },
    { type: 'tasks', filter: { match: 'z/1?1=78&x', since: '2026-01-01 00:00:00' }, offset: 0, limit: 5 },
    { type: 'task', id: 2 },
    { type: 'batches', offset: 0, limit: 10 },
    { type: 'log', task_id: 2, from: 'end', limit: 10 },
    { type: 'log', task_id: 2, attempt: 1, from: { offset: 0 }, limit: 1, stream: 'err' },
    { type: 'log', task_id: 2, from: { before: 100 }, limit: 10 },
    { type: 'log_matches', task_id: 2, text: 'TOLD', from: 0 },
    { type: 'output', task_id: 3, limit: 1 },
    { type: 'errors', offset: 0, limit: 10, find: 'none' },
    { type: 'checks', batch_id: 'Nov26_01', offset: 0, limit: 10 },
    { type: 'diff', from: 'Nov26_01', to: 'Nov26_01', offset: 0, limit: 10 },
    {
      type: 'diff',
      from: 'Nov26_01',
      to: 'Nov26_01',
      filter: { city: 'Zap' },
      offset: 0,
      limit: 10,
      listings: { kind: 'new', offset: 0, limit: 10, search: 'jardines variant:1' },
    },
    { type: 'plan', filter: {} },
    { type: 'plan', filter: { city: 'Zap' }, whole: true },
    { type: 'schedule', offset: 0, limit: 10 },
    { type: 'stats', of: 'scrapers' },
    { type: 'stats', of: 'trends' },
    { type: 'stats', of: 'errors', days: 400 },
    { type: 'stats', of: 'problems' },
    { type: 'stats', of: 'incomplete' },
    { type: 'stats', of: 'active' },
    { type: 'stats', of: 'database' },
  ]

  test('it answers every query as the engine that does the work does', async () => {
    await engine().execute({ type: 'start_batch', filter: {} })
    await bench().until((now) => settled(now) && now.batch?.counts.permanently_failed === 1)
    for (const query of pages) expect(await engine().query(query)).toEqual(await bench().engine.query(query))
    const { engine: _, ...seen } = await engine().query({ type: 'overview', batch_id: 'Nov26_01' })
    const { engine: __, ...own } = await bench().engine.query({ type: 'overview' })
    expect(seen).toEqual(own)
    expect(await engine().query({ type: 'system' })).toMatchObject({
      version: expect.any(String),
      database: { batches: 1, tasks: 3 },
    })
  })

  test('what is not there is not_found', async () => {
    for (const query of [
      { type: 'task', id: 99 },
      { type: 'overview', batch_id: 'Ene99_01' },
      { type: 'log', task_id: 99, from: 'end', limit: 1 },
    ] as const) {
      await expect(engine().query(query)).rejects.toMatchObject({ name: 'ZafraError', code: 'not_found' })
    }
  })
}

function events(engine: () => Engine, bench: () => Bench): void {
  /** What a new listener hears, and a way to wait for it. */
  function listen() {
    const heard: EngineEvent[] = []
    const watchers = new Set<() => void>()
    const stop = engine().subscribe((event) => {
      heard.push(event)
      for (const watcher of watchers) watcher()
    })
    const until = (holds: () => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => holds() && resolve()
        watchers.add(look)
        look()
      })
    return { heard, until, stop }
  }

  test('a listener hears a snapshot, then every change once, numbered without a gap', async () => {
    const { heard, until, stop } = listen()
    await until(() => heard.length > 0)
    await engine().execute({ type: 'start_batch', filter: {} })
    await until(() => heard.some((event) => event.type === 'task' && event.task.status === 'completed'))
    await engine().execute({ type: 'cancel_batch', batch_id: 'Nov26_01' })
    await until(() => heard.some((event) => event.type === 'task' && event.task.status === 'cancelled'))
    stop()
    expect(heard[0]).toMatchObject({ type: 'snapshot', overview: { batch: null, seq: heard[0]!.seq } })
    expect(heard.map((event) => event.seq)).toEqual(heard.map((_, at) => heard[0]!.seq + at))
    const own = bench().events.filter((event) => event.seq > heard[0]!.seq && event.type !== 'snapshot')
    expect(heard.slice(1)).toEqual(own.slice(0, heard.length - 1))
  })

  test('nothing is lost between the snapshot and the events, however busy it is', async () => {
    await engine().execute({ type: 'start_batch', filter: {} })
    await bench().until(settled)
    for (let round = 0; round < 10; round++) {
      const { heard, until, stop } = listen()
      // Draining is told at once, whoever has the turn: so some of these fall into the making of the snapshot.
      for (let at = 0; at < 40; at++) await bench().engine.execute({ type: 'drain' })
      const last = bench().events.at(-1)!.seq
      await until(() => (heard.at(-1)?.seq ?? -1) >= last)
      stop()
      expect(heard[0]?.type).toBe('snapshot')
      expect(heard.map((event) => event.seq)).toEqual(heard.map((_, at) => heard[0]!.seq + at))
    }
  })

  test('a listener that has left hears nothing more; others do', async () => {
    const left = listen()
    const stays = listen()
    await Promise.all([left.until(() => left.heard.length > 0), stays.until(() => stays.heard.length > 0)])
    left.stop()
    const before = left.heard.length
    await engine().execute({ type: 'pause' })
    await stays.until(() => stays.heard.some((event) => event.type === 'engine'))
    stays.stop()
    expect(left.heard.length).toBe(before)
  })

  test('once closed it does nothing more, and tells nothing more', async () => {
    const { heard, until } = listen()
    await until(() => heard.length > 0)
    await engine().close()
    const before = heard.length
    await expect(engine().execute({ type: 'drain' })).rejects.toMatchObject({ code: 'closing' })
    expect(heard.length).toBe(before)
    await engine().close()
  })
}
