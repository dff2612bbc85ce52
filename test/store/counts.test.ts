import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SiteCounts } from '../../src/domain/store.ts'
import { TASK_EVENTS, TASK_STATUSES, type Task, type TaskEvent, transition } from '../../src/domain/task.ts'
import type { OpenStore } from '../../src/store/index.ts'
import { everyTask, makeFolder, newBatch, open, plannedList } from './support.ts'

const AT = '2025-09-16 10:00:00'

function event(type: TaskEvent['type'], rows: number): TaskEvent {
  switch (type) {
    case 'complete':
      return {
        type,
        at: AT,
        rows,
        bytes: rows * 100,
        output: {
          output_check: rows % 3 ? 'suspect' : 'ok',
          output_complete: rows % 5 ? null : false,
          output_expected: null,
        },
      }
    case 'fail':
      return {
        type,
        at: AT,
        error_class: 'transient',
        message: 'no',
        next: rows % 2 ? 'hold' : { retry_at: AT },
        ...(rows % 3 && { refused: true }),
      }
    case 'start':
    case 'cancel':
      return { type, at: AT }
    case 'skip':
      return { type, at: AT, reason: 'its main task failed' }
    case 'interrupt':
    case 'reactivate':
    case 'retry':
    case 'refuse':
      return { type }
  }
}

function recount(tasks: readonly Task[]): SiteCounts[] {
  return [...Map.groupBy(tasks, ({ website }) => website)]
    .map(([website, ofSite]) => ({
      website,
      counts: Object.fromEntries(
        TASK_STATUSES.map((status) => [status, ofSite.filter((task) => task.status === status).length]),
      ) as SiteCounts['counts'],
      rows: ofSite.reduce(
        (sum, task) => sum + (task.status === 'completed' ? task.data_records_extracted : 0),
        0,
      ),
      outputs: {
        suspect: ofSite.filter(({ output_check }) => output_check === 'suspect').length,
        accepted: ofSite.filter(({ output_check }) => output_check === 'accepted').length,
        failed: ofSite.filter(({ output_check }) => output_check === 'failed').length,
        incomplete: ofSite.filter(({ output_complete }) => output_complete === false).length,
      },
    }))
    .sort((a, b) => a.website.localeCompare(b.website))
}

async function step(store: OpenStore, id: number, happening: TaskEvent): Promise<void> {
  const task = await store.task(id)
  const set = task && transition(task, happening)
  if (set) await store.commit([{ type: 'task', id, from: task.status, set }])
}

test('the counts that are kept are those of a count anew, whatever happens to tasks', async () => {
  const steps = fc.array(
    fc.record({
      id: fc.integer({ min: 1, max: 6 }),
      type: fc.constantFrom(...TASK_EVENTS),
      rows: fc.nat(500),
    }),
    { minLength: 10, maxLength: 60 },
  )
  await fc.assert(
    fc.asyncProperty(steps, async (happenings) => {
      const store = await open(await makeFolder())
      const tasks = [...plannedList(4), ...plannedList(2, { website: 'Lam' })]
      await store.insertBatch(newBatch(), tasks, 3)
      for (const { id, type, rows } of happenings) await step(store, id, event(type, rows))
      const now = await everyTask(store)
      expect(await store.siteCounts('Sep25_01')).toEqual(recount(now))
      expect(await store.batch('Sep25_01')).toMatchObject({
        completed_tasks: now.filter(({ status }) => status === 'completed').length,
        failed_tasks: now.filter(({ status }) => ['permanently_failed', 'skipped'].includes(status)).length,
      })
      for (const status of TASK_STATUSES) {
        const { total } = await store.tasks({ status: [status], batch: 'Sep25_01' }, { offset: 0, limit: 0 })
        expect(total).toBe(now.filter((task) => task.status === status).length)
      }
    }),
    { numRuns: 8 },
  )
})
