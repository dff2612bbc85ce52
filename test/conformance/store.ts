import { NO_OUTPUTS } from '../../src/domain/check.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import type { AttemptEnd } from '../../src/domain/attempt.ts'
import type { OutputFacts, Verdict } from '../../src/domain/check.ts'
import { NO_REPORT } from '../../src/domain/list-report.ts'
import type { Change, Store } from '../../src/domain/store.ts'
import type { TaskPatch, TaskStatus } from '../../src/domain/task.ts'
import { everyTask, newBatch, planned, plannedList, start } from '../store/support.ts'

const NOW = '2025-09-16 12:00:00'

/** What every `Store` must do, whatever it keeps its rows in. `open` gives a new, empty one. */
export function storeConformance(name: string, open: () => Promise<Store>): void {
  describe(`${name} is a Store`, () => {
    let store: Store
    beforeEach(async () => {
      store = await open()
    })

    batches(() => store)
    commits(() => store)
    queues(() => store)
    pages(() => store)
    attempts(() => store)
    history(() => store)
  })
}

function batches(store: () => Store): void {
  test('a batch goes in with all its tasks', async () => {
    const batch = await store().insertBatch(newBatch(), plannedList(3), 4)
    expect(batch).toEqual({
      ...newBatch(),
      id: batch.id,
      completed_at: null,
      total_tasks: 3,
      completed_tasks: 0,
      failed_tasks: 0,
      status: 'running',
      actual_duration_minutes: null,
    })
    expect(await store().batch('Sep25_01')).toEqual(batch)
    const [first] = await everyTask(store())
    expect(first).toEqual({
      ...planned(),
      output_check: null,
      output_complete: null,
      output_expected: null,
      id: first?.id,
      status: 'pending',
      attempts: 0,
      max_attempts: 4,
      created_at: '2025-09-16 10:00:00',
      started_at: null,
      completed_at: null,
      error_message: null,
      error_class: null,
      execution_batch: 'Sep25_01',
      data_records_extracted: 0,
      file_size_bytes: 0,
      depends_on: null,
      ready: true,
      retry_at: null,
    })
    expect(await store().task(first?.id ?? 0)).toEqual(first)
  })

  test('a batch id is taken once, and nothing of a refused batch stays', async () => {
    await store().insertBatch(newBatch(), plannedList(2), 3)
    await expect(store().insertBatch(newBatch(), plannedList(5), 3)).rejects.toMatchObject({
      code: 'conflict',
    })
    const twice = [planned(), planned()]
    const next = newBatch({ batch_id: 'Sep25_02', execution_number: 2 })
    await expect(store().insertBatch(next, twice, 3)).rejects.toMatchObject({ code: 'conflict' })
    expect(await store().batch('Sep25_02')).toBeUndefined()
    expect(await everyTask(store())).toHaveLength(2)
  })

  test('a detail task names its main task and waits for it', async () => {
    const tasks = [planned(), planned({ scraper_name: 'cyt_det', depends_on: 0 })]
    await store().insertBatch(newBatch(), tasks, 3)
    const [main, detail] = await everyTask(store())
    expect(detail).toMatchObject({ depends_on: main?.id, ready: false })
    expect(await store().commit([{ type: 'dependents_ready', task_ids: [main?.id ?? 0] }])).toEqual([1])
    expect(await store().task(detail?.id ?? 0)).toMatchObject({ ready: true })
  })

  test('what the detail tasks of chosen main tasks become, and no others', async () => {
    const of = (at: number, depends_on: number) =>
      planned({ scraper_name: 'cyt_det', variant: at, depends_on })
    const mains = [1, 2, 3].map((variant) => planned({ variant }))
    await store().insertBatch(newBatch(), [...mains, of(1, 0), of(2, 1), of(3, 2)], 3)
    const [one, two, three, ofOne] = (await everyTask(store())).map(({ id }) => id)
    await store().commit([
      { type: 'tasks', filter: { ids: [one ?? 0, two ?? 0] }, from: 'pending', set: { status: 'cancelled' } },
    ])
    const skip: Change = {
      type: 'details',
      filter: { batch: 'Sep25_01', ids: [one ?? 0, three ?? 0] },
      main: 'cancelled',
      from: 'pending',
      set: { status: 'skipped', error_message: 'why' },
    }
    expect(await store().commit([skip])).toEqual([1])
    expect((await everyTask(store())).filter(({ status }) => status === 'skipped')).toMatchObject([
      { id: ofOne, error_message: 'why' },
    ])
    expect(await store().details(one ?? 0)).toMatchObject([{ id: ofOne, depends_on: one }])
    expect(await store().batch('Sep25_01')).toMatchObject({ failed_tasks: 1 })
    expect(await store().commit([skip])).toEqual([0])
  })

  test('batches are listed newest first, and numbered within their month', async () => {
    expect(await store().latestBatch()).toBeUndefined()
    expect(await store().nextExecutionNumber('Sep25')).toBe(1)
    for (const [at, batch_id] of ['Sep25_01', 'Sep25_02', 'Oct25_01'].entries()) {
      const started_at = `2025-09-16 1${at}:00:00`
      const [month_year = ''] = batch_id.split('_')
      await store().insertBatch(
        newBatch({ batch_id, month_year, execution_number: Number(batch_id.slice(-1)), started_at }),
        [],
        3,
      )
    }
    const set = { status: 'completed' as const, completed_at: NOW, actual_duration_minutes: 5 }
    await store().commit([{ type: 'batch', batch_id: 'Sep25_02', from: 'running', set }])
    expect(await store().nextExecutionNumber('Sep25')).toBe(3)
    expect(await store().latestBatch()).toMatchObject({ batch_id: 'Oct25_01' })
    expect((await store().openBatches()).map((batch) => batch.batch_id)).toEqual(['Sep25_01', 'Oct25_01'])
    const page = await store().batches({ offset: 1, limit: 1 })
    expect(page).toEqual({ total: 3, batches: [expect.objectContaining({ batch_id: 'Sep25_02', ...set })] })
  })
}

function commits(store: () => Store): void {
  test('a task found in another state undoes the whole commit', async () => {
    await store().insertBatch(newBatch(), plannedList(2), 3)
    const before = await everyTask(store())
    const [one, two] = before.map(({ id }) => id) as [number, number]
    const changes: Change[] = [
      start(one),
      { type: 'pause', pause: { scope: '*', since: NOW, until: null, reason: 'x', level: 0 } },
      start(two, 'retrying'),
    ]
    await expect(store().commit(changes)).rejects.toMatchObject({ code: 'conflict' })
    expect(await everyTask(store())).toEqual(before)
    expect(await store().pauses()).toEqual([])
  })

  test.each<[string, Change]>([
    [
      'a batch',
      {
        type: 'batch',
        batch_id: 'Sep25_01',
        from: 'failed',
        set: { status: 'running', completed_at: null, actual_duration_minutes: null },
      },
    ],
    [
      'an attempt that does not run',
      { type: 'attempt_ended', task_id: 1, number: 1, end: ended('completed') },
    ],
    [
      'a task that does not exist',
      {
        type: 'attempt_started',
        attempt: { task_id: 99, number: 1, tag: 't', started_at: NOW, log_path: 'l' },
      },
    ],
    [
      'more attempts than are allowed',
      { type: 'task', id: 1, from: 'pending', set: { status: 'running', attempts: 9 } },
    ],
  ])('%s is a conflict', async (_, change) => {
    await store().insertBatch(newBatch(), plannedList(1), 3)
    await expect(store().commit([change])).rejects.toMatchObject({ code: 'conflict' })
  })

  test('one change for all that a filter chooses; none is no fault', async () => {
    await store().insertBatch(newBatch(), [...plannedList(3), planned({ website: 'Lam' })], 3)
    const change = {
      type: 'tasks',
      filter: { site: 'CyT' },
      from: 'pending',
      set: { status: 'cancelled' },
    } as const
    expect(await store().commit([change])).toEqual([3])
    expect(await store().commit([change])).toEqual([0])
    expect((await everyTask(store())).map(({ status }) => status)).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
      'pending',
    ])
  })

  test('counts and a batch’s own numbers follow its tasks', async () => {
    const tasks = [...plannedList(3), planned({ website: 'Lam' })]
    await store().insertBatch(newBatch(), tasks, 3)
    const ids = (await everyTask(store())).map(({ id }) => id) as [number, number, number, number]
    await store().commit(ids.map((id) => start(id)))
    await store().commit([
      become(ids[0], 'running', { status: 'completed', data_records_extracted: 240 }),
      become(ids[1], 'running', { status: 'permanently_failed' }),
      become(ids[3], 'running', { status: 'completed', data_records_extracted: 7 }),
    ])
    const none = {
      pending: 0,
      running: 0,
      retrying: 0,
      failed: 0,
      permanently_failed: 0,
      skipped: 0,
      cancelled: 0,
      completed: 0,
    }
    expect(await store().siteCounts('Sep25_01')).toEqual([
      {
        website: 'CyT',
        counts: { ...none, running: 1, permanently_failed: 1, completed: 1 },
        outputs: NO_OUTPUTS,
        rows: 240,
      },
      { website: 'Lam', counts: { ...none, completed: 1 }, outputs: NO_OUTPUTS, rows: 7 },
    ])
    expect(await store().batch('Sep25_01')).toMatchObject({ completed_tasks: 2, failed_tasks: 1 })
    await store().commit([become(ids[1], 'permanently_failed', { status: 'pending', attempts: 0 })])
    expect(await store().batch('Sep25_01')).toMatchObject({ completed_tasks: 2, failed_tasks: 0 })
    expect(await store().siteCounts('Oct25_01')).toEqual([])
  })

  test('a wait replaces the one of the same site, and is beside its pause', async () => {
    const wait = { site: 'Lam', since: NOW, until: '2025-09-16 13:00:00', reason: 'asked' }
    await store().commit([
      { type: 'pause', pause: { scope: 'Lam', since: NOW, until: null, reason: 'x', level: 0 } },
      { type: 'wait', wait },
    ])
    await store().commit([
      { type: 'wait', wait: { ...wait, until: '2025-09-16 14:00:00' } },
      { type: 'unpause', scope: 'Lam' },
    ])
    expect(await store().waits()).toEqual([{ ...wait, until: '2025-09-16 14:00:00' }])
    const over: Change = { type: 'wait_over', site: 'Lam' }
    expect([await store().commit([over]), await store().commit([over])]).toEqual([[1], [0]])
    expect(await store().waits()).toEqual([])
  })

  test('a pause replaces the one of the same scope', async () => {
    const pause = { scope: 'Lam', since: NOW, until: null, reason: 'blocked', level: 1 }
    await store().commit([{ type: 'pause', pause }])
    await store().commit([{ type: 'pause', pause: { ...pause, level: 2, until: '2025-09-16 13:00:00' } }])
    await store().commit([{ type: 'pause', pause: { ...pause, scope: '*', level: 0 } }])
    expect(await store().pauses()).toEqual([
      { ...pause, scope: '*', level: 0 },
      { ...pause, level: 2, until: '2025-09-16 13:00:00' },
    ])
    expect(
      await store().commit([
        { type: 'unpause', scope: '*' },
        { type: 'unpause', scope: 'CyT' },
      ]),
    ).toEqual([1, 0])
  })
}

function queues(store: () => Store): void {
  const heads = async () => {
    const { pending, due, held } = await store().siteQueue('Sep25_01', 'CyT', NOW)
    return [pending?.order_num, due?.order_num, held?.order_num, pending?.scraper_name]
  }

  test('the head of a queue is the first ready task in list order, a ready detail task before all', async () => {
    const tasks = [
      planned({ order_num: 3 }),
      planned({ order_num: 2 }),
      planned({ order_num: 2, scraper_name: 'cyt_det', depends_on: 1 }),
      planned({ order_num: 1, website: 'Lam' }),
    ]
    await store().insertBatch(newBatch(), tasks, 3)
    const ids = (await everyTask(store())).map(({ id }) => id) as [number, number, number, number]
    expect(await heads()).toEqual([2, undefined, undefined, 'cyt'])
    await store().commit([start(ids[1])])
    expect(await heads()).toEqual([3, undefined, undefined, 'cyt'])
    await store().commit([{ type: 'dependents_ready', task_ids: [ids[1] ?? 0] }])
    expect(await heads()).toEqual([2, undefined, undefined, 'cyt_det'])
  })

  test('the retry that has been due for longest goes first, and one that is not due is told apart', async () => {
    await store().insertBatch(newBatch(), plannedList(5), 3)
    const ids = (await everyTask(store())).map(({ id }) => id)
    const times = ['12:30:00', '12:00:00', '11:00:00', '12:00:01', '10:30:00']
    await store().commit(ids.map((id) => start(id)))
    expect(await store().nextRetryAt(NOW)).toBeUndefined()
    await store().commit(
      ids.map((id, at) => become(id, 'running', { status: 'retrying', retry_at: `2025-09-16 ${times[at]}` })),
    )
    expect(await heads()).toEqual([undefined, 5, 1, undefined])
    expect(await store().nextRetryAt('2025-09-16 10:00:00')).toBe('2025-09-16 10:30:00')
    expect(await store().nextRetryAt('2025-09-16 10:30:00')).toBe('2025-09-16 11:00:00')
    const ahead = await store().siteQueue('Sep25_01', 'CyT', '2025-09-16 10:00:00')
    expect([ahead.due, ahead.held?.order_num]).toEqual([undefined, 1])
    const behind = await store().siteQueue('Sep25_01', 'CyT', '2025-09-17 10:00:00')
    expect([behind.due?.order_num, behind.held]).toEqual([5, undefined])
  })

  test('the next retry is one of a batch that runs', async () => {
    await store().insertBatch(newBatch(), plannedList(1), 3)
    const [task] = await everyTask(store())
    await store().commit([become(task?.id ?? 0, 'pending', { status: 'retrying', retry_at: NOW })])
    expect(await store().nextRetryAt('2025-09-16 10:00:00')).toBe(NOW)
    await store().commit([
      {
        type: 'batch',
        batch_id: 'Sep25_01',
        from: 'running',
        set: { status: 'cancelled', completed_at: NOW, actual_duration_minutes: 1 },
      },
    ])
    expect(await store().nextRetryAt('2025-09-16 10:00:00')).toBeUndefined()
  })
}

function pages(store: () => Store): void {
  test.each([
    [{}, [1, 2, 3, 4]],
    [{ batch: 'Sep25_01' }, [1, 2, 3]],
    [{ batch: 'Sep25_01', site: 'Lam' }, [3]],
    [{ scraper: 'inm24' }, [2]],
    [{ city: 'Zap' }, [2]],
    [{ operation: 'Ren' }, [2]],
    [{ product: 'Cas' }, [2]],
    [{ ids: [2, 4, 77] }, [2, 4]],
    [{ ids: [] }, []],
    [{ status: ['running' as const] }, [1]],
    [{ status: ['running' as const, 'failed' as const], batch: 'Sep25_01' }, [1, 2]],
    [{ since: '2025-10-01 00:00:00' }, [4]],
    [{ until: '2025-10-01 00:00:00' }, [1, 2, 3]],
    [{ match: 'VENTA' }, [1]],
    [{ match: 'página' }, [2]],
    [{ match: 'PÁGINA NO' }, [2]],
    [{ match: '100%' }, [3]],
    [{ match: 'a_b' }, [3]],
    [{ match: '[x]*' }, [3]],
    [{ match: '%' }, [3]],
    [{ match: "'; DROP TABLE scraping_tasks; --" }, []],
  ])('%j chooses tasks %j', async (filter, expected) => {
    await fill(store())
    const { total, tasks } = await store().tasks(filter, { offset: 0, limit: 10 })
    expect(tasks.map(({ id }) => id)).toEqual(expected)
    expect(total).toBe(expected.length)
  })

  test('a page is a window over the tasks in the order of their ids', async () => {
    await fill(store())
    const page = async (descending: boolean, offset: number) => {
      const { total, tasks } = await store().tasks({}, { descending, offset, limit: 2 })
      return [total, ...tasks.map(({ id }) => id)]
    }
    expect(await page(false, 0)).toEqual([4, 1, 2])
    expect(await page(false, 2)).toEqual([4, 3, 4])
    expect(await page(true, 0)).toEqual([4, 4, 3])
    expect(await page(true, 4)).toEqual([4])
  })

  test('ids and listed tasks are of the same chosen ones', async () => {
    await fill(store())
    const filter = { batch: 'Sep25_01', site: 'CyT' }
    const { tasks } = await store().tasks(filter, { offset: 0, limit: 10 })
    const ids = tasks.map(({ id }) => id)
    expect(await store().taskIds(filter)).toEqual(ids)
    const listed = await store().listedTasks(filter, { after: 1, limit: 1 })
    expect(tasks.find(({ id }) => id === listed[0]?.id)).toMatchObject(listed[0] ?? {})
    expect(listed.map(({ id }) => id)).toEqual(ids.filter((id) => id > 1).slice(0, 1))
  })
}

function attempts(store: () => Store): void {
  test('an attempt is open until it ends, and keeps all it said', async () => {
    await store().insertBatch(newBatch(), plannedList(2), 3)
    await store().commit([begin(1, 1), begin(2, 1)])
    expect((await store().openAttempts()).map(({ tag }) => tag)).toEqual(['tag-1-1', 'tag-2-1'])
    const end = {
      ...ended('completed'),
      rows: 12,
      file_size_bytes: 999,
      metrics: { pages: 3, níveis: 1.5 },
      peak_cpu_percent: 87.5,
      peak_memory_bytes: 2 ** 33,
    }
    await store().commit([{ type: 'attempt_ended', task_id: 1, number: 1, end }])
    await store().commit([begin(1, 2)])
    expect(await store().attempts(1)).toEqual([
      {
        task_id: 1,
        number: 1,
        tag: 'tag-1-1',
        started_at: `${NOW}.000`,
        log_path: '1-1.log',
        accepted_at: null,
        ...end,
      },
      expect.objectContaining({
        number: 2,
        outcome: null,
        metrics: {},
        peak_cpu_percent: null,
        peak_memory_bytes: null,
      }),
    ])
    expect(await store().lastAttempt(1)).toMatchObject({ number: 2 })
    expect(await store().lastAttempt(3)).toBeUndefined()
    expect((await store().openAttempts()).map(({ tag }) => tag)).toEqual(['tag-1-2', 'tag-2-1'])
    await expect(store().commit([begin(1, 2)])).rejects.toMatchObject({ code: 'conflict' })
  })

  test('recent errors are failed attempts of the batch, newest first', async () => {
    await store().insertBatch(newBatch(), plannedList(3), 3)
    await store().insertBatch(newBatch({ batch_id: 'Sep25_02', execution_number: 2 }), plannedList(1), 3)
    for (const [task_id, outcome, second] of [
      [1, 'failed', 5],
      [2, 'completed', 6],
      [3, 'failed', 7],
      [4, 'failed', 8],
    ] as const) {
      const end = {
        ...ended(outcome),
        ended_at: `2025-09-16 12:00:0${second}.000`,
        error_class: 'blocked' as const,
        error_message: `no ${task_id}`,
      }
      await store().commit([begin(task_id, 1), { type: 'attempt_ended', task_id, number: 1, end }])
    }
    const { website, city, operation, product, scraper_name } = planned()
    const error = {
      attempt: 1,
      website,
      city,
      operation,
      product,
      scraper_name,
      error_class: 'blocked',
      task_status: 'pending',
    }
    expect(await store().recentErrors('Sep25_01', 5)).toEqual([
      { ...error, task_id: 3, message: 'no 3', ended_at: '2025-09-16 12:00:07.000' },
      { ...error, task_id: 1, message: 'no 1', ended_at: '2025-09-16 12:00:05.000' },
    ])
    expect(await store().recentErrors('Sep25_01', 1)).toHaveLength(1)
    const all = await store().failures('Sep25_01', { after: undefined, limit: 9 })
    expect(all).toMatchObject([
      { task_id: 1, number: 1, website, message: 'no 1', key: 'blocked: no <n>' },
      { task_id: 3, number: 1, website, message: 'no 3', ended_at: '2025-09-16 12:00:07.000' },
    ])
    expect(await store().failures('Sep25_01', { after: all[0], limit: 9 })).toEqual(all.slice(1))
    expect(await store().failures('Sep25_01', { after: all[1], limit: 9 })).toEqual([])
  })
}

function history(store: () => Store): void {
  test('the previous output is the last completed one of the same combination in an earlier batch', async () => {
    for (const number of [1, 2, 3, 4]) {
      const batch = newBatch({ batch_id: `Sep25_0${number}`, execution_number: number })
      await store().insertBatch(batch, [planned({ output_path: `out-${number}` })], 3)
    }
    await store().commit([
      become(1, 'pending', { status: 'completed' }),
      become(2, 'pending', { status: 'completed' }),
    ])
    await store().commit([become(4, 'pending', { status: 'completed' })])
    const before = (execution_batch: string, variant = 1) =>
      store().previousOutput({ ...planned(), variant, execution_batch })
    expect(await before('Sep25_01')).toBeUndefined()
    expect(await before('Sep25_02')).toBe('out-1')
    expect(await before('Sep25_03')).toBe('out-2')
    expect(await before('Sep25_04')).toBe('out-2')
    expect(await before('Sep25_04', 2)).toBeUndefined()
  })

  test('past outputs are sound ones: not in doubt, and all there was, or as much as a limit allows, or accepted', async () => {
    const outputs: [string, Verdict, Partial<OutputFacts>][] = [
      ['all', 'ok', { complete: true }],
      ['unsaid', 'ok', {}],
      ['in doubt', 'suspect', { complete: true }],
      ['not all', 'ok', { complete: false }],
      ['limited', 'ok', { complete: false, stopped_by: 'robots' }],
      ['not all, accepted', 'suspect', { complete: false }],
      ['now', 'ok', {}],
    ]
    for (const [at, [name, verdict, facts]] of outputs.entries()) {
      const id = at + 1
      const batch = newBatch({ batch_id: `Sep25_0${id}`, execution_number: id })
      await store().insertBatch(batch, [planned({ output_path: name })], 3)
      const end = { ...ended('completed'), verdict, facts: { ...FACTS, ...facts } }
      await store().commit([
        begin(id, 1),
        { type: 'attempt_ended', task_id: id, number: 1, end },
        become(id, 'pending', { status: 'completed', completed_at: NOW }),
      ])
    }
    await store().commit([{ type: 'outputs_accepted', task_ids: [6], at: NOW }])
    const past = await store().pastOutputs({ ...planned(), execution_batch: 'Sep25_07' })
    expect(past.map(({ output_path }) => output_path)).toEqual([
      'not all, accepted',
      'limited',
      'unsaid',
      'all',
    ])
    expect(past[1]).toEqual({
      rows: 12,
      expected: null,
      stopped_by: 'robots',
      coverage: { url: 1 },
      seconds: 60,
      profile: null,
      output_path: 'limited',
      at: NOW,
    })
  })

  test('mean durations are those of completed tasks of the last six months', async () => {
    const old = newBatch({ batch_id: 'Ene25_01', month_year: 'Ene25', started_at: '2025-01-01 00:00:00' })
    await store().insertBatch(old, plannedList(1), 3)
    await store().insertBatch(newBatch(), [...plannedList(3), planned({ website: 'Lam' })], 3)
    const took = (id: number, minutes: number) => [
      become(id, 'pending', { status: 'running', started_at: '2025-09-16 10:00:00' }),
      become(id, 'running', { status: 'completed', completed_at: `2025-09-16 10:${minutes}:00` }),
    ]
    await store().commit([...took(1, 59), ...took(2, 10), ...took(3, 20), ...took(5, 30)])
    const { scraper_name, city, operation, product } = planned()
    const means = await store().meanDurations(NOW)
    const rounded = (number: number) => Math.round(number * 1_000) / 1_000
    expect(
      means.map(({ minutes, variance, ...rest }) => ({
        ...rest,
        minutes: rounded(minutes),
        variance: variance && rounded(variance),
      })),
    ).toEqual([
      { scraper_name, website: 'CyT', city, operation, product, minutes: 15, variance: 25 },
      { scraper_name, website: 'Lam', city, operation, product, minutes: 30, variance: null },
    ])
  })
}

function become(id: number, from: TaskStatus, set: TaskPatch): Change {
  return { type: 'task', id, from, set }
}

const FACTS: OutputFacts = {
  ...NO_REPORT,
  rows: 12,
  quarantined: 0,
  duplicates: 0,
  complete: null,
  coverage: { url: 1 },
  seconds: 60,
  profile: null,
}

function begin(task_id: number, number: number): Change {
  return {
    type: 'attempt_started',
    attempt: {
      task_id,
      number,
      tag: `tag-${task_id}-${number}`,
      started_at: `${NOW}.000`,
      log_path: `${task_id}-${number}.log`,
    },
  }
}

function ended(outcome: 'completed' | 'failed'): AttemptEnd {
  return {
    ended_at: `${NOW}.500`,
    outcome,
    exit_code: 0,
    signal: null,
    error_class: null,
    error_message: null,
    error_url: null,
    http_status: null,
    rows: null,
    file_size_bytes: null,
    metrics: {},
    peak_cpu_percent: null,
    peak_memory_bytes: null,
    verdict: null,
    findings: [],
    facts: null,
  }
}

/** Four tasks of which each filter chooses others. */
async function fill(store: Store): Promise<void> {
  const tasks = [
    planned({ url: 'https://example.com/venta' }),
    planned({ scraper_name: 'inm24', website: 'Inm24', city: 'Zap', operation: 'Ren', product: 'Cas' }),
    planned({ website: 'Lam', url: 'https://example.com/?q=a_b&off=100%&r=[x]*' }),
  ]
  await store.insertBatch(newBatch(), tasks, 3)
  const later = newBatch({ batch_id: 'Oct25_01', month_year: 'Oct25', started_at: '2025-10-01 00:00:00' })
  await store.insertBatch(later, [planned({ url: 'https://example.com/axb' })], 3)
  await store.commit([
    become(1, 'pending', { status: 'running', attempts: 3 }),
    become(2, 'pending', { status: 'failed', attempts: 1, error_message: 'Página no válida' }),
  ])
}
