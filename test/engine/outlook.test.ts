import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunningTask } from '../../src/domain/query.ts'
import type { Duration, Reads } from '../../src/domain/store.ts'
import { TASK_STATUSES, type Task, type TaskStatus } from '../../src/domain/task.ts'
import { createOutlook, type Limits, type Outlook } from '../../src/engine/outlook.ts'
import { runningTask } from '../../src/engine/running-task.ts'
import { settle } from '../support/settle.ts'
import { task } from '../support/task.ts'

const BATCH = 'Nov26_01'
const NOW = new Date('2026-11-24T05:30:00Z')
const of = { scraper_name: 'cyt', website: 'CyT', operation: 'Ven', product: 'Dep' }
const HISTORY: Duration[] = [
  { ...of, city: 'Gdl', minutes: 10, variance: 4 },
  { ...of, city: 'Zap', minutes: 2, variance: 0 },
]

const LIMITS: Limits = { max_parallel: 4, perSite: () => 1, running: [], now: NOW }

/** An outlook that follows these tasks, and the tasks themselves. */
async function following(tasks: Task[], history = HISTORY): Promise<{ outlook: Outlook; tasks: Task[] }> {
  const reads: Pick<Reads, 'listedTasks'> = {
    listedTasks: async ({ status, site }, { after, limit }) =>
      tasks
        .filter((each) => each.id > after && (status?.includes(each.status) ?? true))
        .filter((each) => site === undefined || each.website === site)
        .slice(0, limit),
  }
  const outlook = createOutlook(reads)
  outlook.learn(history)
  outlook.follow(BATCH)
  await settle()
  return { outlook, tasks }
}

const list = (...sets: Partial<Task>[]) => sets.map((set, at) => task({ id: at + 1, ...set }))

function running(id: number, started_at: string): RunningTask {
  return runningTask(task({ id, status: 'running' }), 1, started_at)
}

describe('when a batch will be done', () => {
  it('is what the same combinations took before', async () => {
    const { outlook } = await following(list({}, { city: 'Zap' }))
    expect(outlook.batchEta(BATCH, LIMITS)).toEqual({ eta_s: 720, eta_spread_s: 120, eta_from: 'history' })
    expect(outlook.siteEta(BATCH, 'CyT', LIMITS)).toBe(720)
  })

  it('is what tasks of the site took where the combination is new', async () => {
    const { outlook } = await following(list({ city: 'Ton' }, { city: 'Slt' }))
    expect(outlook.batchEta(BATCH, LIMITS)).toMatchObject({ eta_s: 720, eta_from: 'site' })
  })

  it('is the pace so far where nothing of the site was ever seen', async () => {
    const { outlook } = await following(list({ id: 1 }, { id: 2 }), [])
    expect(outlook.batchEta(BATCH, LIMITS)).toEqual({ eta_s: null, eta_spread_s: null, eta_from: null })
    expect(outlook.siteEta(BATCH, 'CyT', LIMITS)).toBeNull()
    outlook.observe(task({ id: 3 }), 90)
    expect(outlook.batchEta(BATCH, LIMITS)).toMatchObject({ eta_s: 180, eta_from: 'pace' })
  })

  it('is that of the slowest site, or of the whole work over all places', async () => {
    const lam = { website: 'Lam', scraper_name: 'lam' }
    const { outlook } = await following(list({}, {}, lam), [
      ...HISTORY,
      { ...of, ...lam, city: 'Gdl', minutes: 5, variance: null },
    ])
    expect(outlook.batchEta(BATCH, LIMITS).eta_s).toBe(1200)
    expect(outlook.batchEta(BATCH, { ...LIMITS, max_parallel: 1 }).eta_s).toBe(1500)
    expect(outlook.batchEta(BATCH, { ...LIMITS, perSite: () => 2 }).eta_s).toBe(600)
  })

  it('comes nearer while a task runs, and no nearer than its own share', async () => {
    const { outlook } = await following(list({ status: 'running' }, {}))
    const after = (since: string) =>
      outlook.siteEta(BATCH, 'CyT', { ...LIMITS, running: [running(1, since)] })
    expect(after('2026-11-24 05:26:00.000')).toBe(1200 - 240)
    expect(after('2026-11-24 04:00:00.000')).toBe(600)
    expect(after('2026-11-24 06:00:00.000')).toBe(1200)
  })

  it('is as sure as this batch has kept to what was expected', async () => {
    const { outlook } = await following(list({}, {}), [{ ...of, city: 'Gdl', minutes: 10, variance: null }])
    expect(outlook.batchEta(BATCH, LIMITS)).toMatchObject({ eta_s: 1200, eta_spread_s: null })
    for (const id of [7, 8, 9]) outlook.observe(task({ id }), 900)
    expect(outlook.batchEta(BATCH, LIMITS).eta_spread_s).toBeCloseTo(600)
  })

  it('is at once where nothing is left, and nothing once the batch has ended', async () => {
    const { outlook } = await following(list({ status: 'running' }))
    outlook.hear([{ type: 'task', id: 1, from: 'running', set: { status: 'completed' } }])
    expect(outlook.batchEta(BATCH, LIMITS).eta_s).toBe(0)
    const set = {
      status: 'completed',
      completed_at: '2026-11-24 06:00:00',
      actual_duration_minutes: 1,
    } as const
    outlook.hear([{ type: 'batch', batch_id: BATCH, from: 'running', set }])
    expect(outlook.batchEta(BATCH, LIMITS).eta_s).toBeNull()
  })

  it('kept as tasks change is what it would be read anew', async () => {
    const status = fc.constantFrom(...TASK_STATUSES)
    const aTask = fc.record({
      website: fc.constantFrom('CyT', 'Lam'),
      city: fc.constantFrom('Gdl', 'Zap', 'Ton'),
      status,
    })
    const step = fc.record({
      site: fc.constantFrom(undefined, 'CyT', 'Lam'),
      id: fc.integer({ min: 1, max: 12 }),
      from: status,
      to: status,
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(aTask, { minLength: 3, maxLength: 12 }),
        fc.array(step, { maxLength: 12 }),
        async (sets, steps) => {
          const { outlook, tasks } = await following(list(...sets))
          for (const each of steps) {
            change(outlook, tasks, each)
            await settle()
          }
          const anew = (await following(tasks)).outlook
          const near = (seconds: number | null) => (seconds === null ? null : Math.round(seconds * 1000))
          for (const site of ['CyT', 'Lam']) {
            // A site that had tasks once and has none now is done.
            expect(near(outlook.siteEta(BATCH, site, LIMITS)) ?? 0).toBe(
              near(anew.siteEta(BATCH, site, LIMITS)) ?? 0,
            )
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})

/** One task as an attempt changes it (which never brings back what has ended), or all of a status at once. */
function change(
  outlook: Outlook,
  tasks: Task[],
  step: { site: string | undefined; id: number; from: TaskStatus; to: TaskStatus },
) {
  const { site, id, from, to } = step
  const set = { status: to }
  const one = tasks.find((each) => each.id === id)
  const open = one && ['pending', 'running', 'retrying'].includes(one.status)
  if (site === undefined && open) {
    one.status = to
    outlook.hear([{ type: 'task', id, from: one.status, set }])
    return
  }
  for (const each of tasks)
    if (each.status === from && each.website === (site ?? each.website)) each.status = to
  outlook.hear([{ type: 'tasks', filter: { batch: BATCH, ...(site !== undefined && { site }) }, from, set }])
}
