import { expect, test } from 'vitest'
import type { Notice } from '../../src/domain/notice.ts'
import type { Change } from '../../src/domain/store.ts'
import { makeFolder, newBatch, open, planned, plannedList } from './support.ts'

const AT = '2025-09-16 12:00:00.000'
const notice: Notice = { at: '2025-09-16 12:00:00', event: 'alert', code: 'disk', message: 'sin espacio: ñ' }

const queued = (id: string, channel = 'ops'): Change => ({
  type: 'notice_queued',
  delivery: { id, channel, notice, created_at: AT },
})

const sent = (id: string, ended_at = AT): Change => ({
  type: 'notice_settled',
  id,
  set: { state: 'sent', ended_at },
})

test('a channel has its notices in the order in which they were queued, until each is settled', async () => {
  const store = await open(await makeFolder())
  await store.commit([queued('a'), queued('b', 'mail'), queued('c')])
  expect(await store.queuedChannels()).toEqual(['mail', 'ops'])
  expect(await store.nextDelivery('ops')).toEqual({
    seq: 1,
    id: 'a',
    channel: 'ops',
    notice,
    created_at: AT,
    tries: 0,
    next_try_at: null,
  })
  const next_try_at = '2025-09-16 12:00:30.000'
  await store.commit([
    { type: 'notice_settled', id: 'a', set: { state: 'queued', tries: 1, next_try_at, reason: 'down' } },
  ])
  expect(await store.nextDelivery('ops')).toMatchObject({ id: 'a', tries: 1, next_try_at })
  await store.commit([sent('a')])
  expect(await store.nextDelivery('ops')).toMatchObject({ id: 'c' })
  await store.commit([sent('b'), sent('c')])
  expect(await store.queuedChannels()).toEqual([])
  expect(await store.nextDelivery('ops')).toBeUndefined()
})

test('a notice is not there without its cause, and is settled once', async () => {
  const store = await open(await makeFolder())
  const refused: Change = { type: 'task', id: 9, from: 'running', set: { status: 'completed' } }
  await expect(store.commit([queued('a'), refused])).rejects.toMatchObject({ code: 'conflict' })
  expect(await store.queuedChannels()).toEqual([])
  await store.commit([queued('a'), sent('a')])
  await expect(store.commit([sent('a')])).rejects.toMatchObject({ code: 'conflict' })
  await expect(store.commit([queued('a')])).rejects.toMatchObject({ code: 'conflict' })
})

test('the outbox shows the latest first, and what became of each', async () => {
  const store = await open(await makeFolder())
  await store.commit([queued('a'), queued('b', 'mail'), queued('c'), sent('a')])
  await store.commit([
    { type: 'notice_settled', id: 'b', set: { state: 'given_up', ended_at: AT, reason: 'no such mailbox' } },
  ])
  expect(await store.outbox(2)).toMatchObject([
    { id: 'c', state: 'queued', ended_at: null, reason: null, notice },
    { id: 'b', state: 'given_up', ended_at: AT, reason: 'no such mailbox' },
  ])
  expect(await store.outbox(9, 'sent')).toMatchObject([{ id: 'a', channel: 'ops', ended_at: AT }])
})

test('what waits is never forgotten, and is there again after a reopening', async () => {
  const folder = await makeFolder()
  const first = await open(folder)
  await first.commit([
    queued('old'),
    queued('young'),
    queued('waits'),
    sent('old', '2025-08-01 00:00:00.000'),
  ])
  await first.commit([sent('young')])
  expect(await first.commit([{ type: 'forget_notices', before: '2025-09-01 00:00:00.000' }])).toEqual([1])
  expect(await first.commit([{ type: 'forget_notices', before: '2025-12-01 00:00:00.000' }])).toEqual([1])
  await first.close()
  expect(await (await open(folder)).nextDelivery('ops')).toMatchObject({ id: 'waits', notice })
})

test('what had failed for good when it was last tried, in whatever batch, and is complete now', async () => {
  const store = await open(await makeFolder())
  const other = planned({ scraper_name: 'other' })
  const batches = [plannedList(3), plannedList(2), [...plannedList(3), other], plannedList(3)]
  for (const [at, tasks] of batches.entries()) {
    const started_at = `2025-09-1${at} 10:00:00`
    const batch_id = `Sep25_0${at + 1}`
    await store.insertBatch(newBatch({ batch_id, execution_number: at + 1, started_at }), tasks, 3)
    const { tasks: made } = await store.tasks({ batch: batch_id }, { offset: 0, limit: 10 })
    const completes = at >= 2
    await store.commit([
      ...made.flatMap(({ id }): Change[] => [
        {
          type: 'task',
          id,
          from: 'pending',
          set: { status: 'running', started_at: `2025-09-1${at} 10:00:00` },
        },
        {
          type: 'task',
          id,
          from: 'running',
          set: {
            status: completes ? 'completed' : 'permanently_failed',
            completed_at: `2025-09-1${at} 10:0${id % 10}:00`,
          },
        },
      ]),
      {
        type: 'batch',
        batch_id,
        from: 'running',
        set: { status: completes ? 'completed' : 'failed', completed_at: '', actual_duration_minutes: 1 },
      },
    ])
  }
  const { total, tasks } = await store.mendedTasks('Sep25_03', 1)
  expect(total).toBe(3)
  expect(tasks).toEqual([expect.objectContaining({ task_id: 6, scraper_name: 'cyt' })])
  for (const batch of ['Sep25_01', 'Sep25_04'])
    expect(await store.mendedTasks(batch, 5)).toEqual({ total: 0, tasks: [] })
  expect((await store.longestTasks('Sep25_03', 2)).map(({ task_id, seconds }) => [task_id, seconds])).toEqual(
    [
      [9, 540],
      [8, 480],
    ],
  )
})
