import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { Change } from '../../src/domain/store.ts'
import { checkDatabase } from '../../src/store/upkeep/check.ts'
import { openStore } from '../../src/store/index.ts'
import { dueForDeletion, maintain } from '../../src/store/upkeep/maintain.ts'
import { everyTask, makeFolder, newBatch, options, planned, plannedList, standingClock } from './support.ts'
import { sqlite3 } from './sqlite3.ts'

// The clock of `options` stands at 2025-09-16 10:00.
const NOW = standingClock().now()

interface Given {
  batch_id: string
  started_at: string
  completed_at: string | null
  tasks: number
  status?: 'completed' | 'failed' | 'cancelled'
}

const GIVEN: Given[] = [
  // Old enough, tasks and all.
  { batch_id: 'Ene25_01', started_at: '2025-01-01 02:00:00', completed_at: '2025-01-01 04:00:00', tasks: 3 },
  // One second on this side of six months, and on the other.
  { batch_id: 'Mar25_02', started_at: '2025-03-16 10:00:00', completed_at: '2025-03-16 11:00:00', tasks: 2 },
  { batch_id: 'Mar25_01', started_at: '2025-03-16 09:59:59', completed_at: '2025-03-16 11:00:00', tasks: 2 },
  // Old enough for a batch, not for its tasks.
  { batch_id: 'May25_01', started_at: '2025-05-01 02:00:00', completed_at: '2025-05-01 04:00:00', tasks: 1 },
  // Without tasks: old enough, and too young by a second.
  { batch_id: 'Jun25_01', started_at: '2025-06-01 02:00:00', completed_at: '2025-06-16 09:59:59', tasks: 0 },
  { batch_id: 'Jun25_02', started_at: '2025-06-02 02:00:00', completed_at: '2025-06-16 10:00:00', tasks: 0 },
  // The document deletes completed batches only.
  {
    batch_id: 'Ene25_02',
    started_at: '2025-01-16 02:00:00',
    completed_at: '2025-01-16 04:00:00',
    tasks: 1,
    status: 'cancelled',
  },
  // It can still be resumed.
  { batch_id: 'Ene25_03', started_at: '2025-01-17 02:00:00', completed_at: null, tasks: 2 },
]

async function makeOld(): Promise<string> {
  const folder = await makeFolder()
  const store = await openStore(options(folder))
  for (const [at, given] of GIVEN.entries()) {
    const { batch_id, started_at, completed_at, tasks, status = 'completed' } = given
    await store.insertBatch(
      newBatch({ batch_id, started_at, execution_number: at + 1 }),
      plannedList(tasks),
      3,
    )
    if (completed_at === null) continue
    const changes: Change[] = [
      {
        type: 'tasks',
        filter: { batch: batch_id },
        from: 'pending',
        set: { status: 'completed', completed_at },
      },
      {
        type: 'batch',
        batch_id,
        from: 'running',
        set: { status, completed_at, actual_duration_minutes: 120 },
      },
    ]
    await store.commit(changes)
  }
  await store.close()
  return folder
}

const DUE = [
  { batch_id: 'Ene25_01', tasks: 3, batch: true },
  { batch_id: 'Mar25_01', tasks: 2, batch: true },
  { batch_id: 'Jun25_01', tasks: 0, batch: true },
  { batch_id: 'Ene25_02', tasks: 1, batch: false },
]

const byBatch = (a: { batch_id: string }, b: { batch_id: string }) => a.batch_id.localeCompare(b.batch_id)

test('a dry run names exactly what goes, and changes nothing', async () => {
  const folder = await makeOld()
  const { path } = options(folder)
  const before = sqlite3(path, 'SELECT count(*) AS tasks FROM scraping_tasks')
  expect((await dueForDeletion(path, NOW)).sort(byBatch)).toEqual(DUE.toSorted(byBatch))
  expect(sqlite3(path, 'SELECT count(*) AS tasks FROM scraping_tasks')).toEqual(before)
})

test('maintenance deletes by retention, never a batch that still has tasks', async () => {
  const folder = await makeOld()
  const { path } = options(folder)
  const done = await maintain(options(folder))
  expect(done.deleted.sort(byBatch)).toEqual(DUE.toSorted(byBatch))
  const left = sqlite3(path, 'SELECT batch_id FROM execution_batches ORDER BY batch_id')
  expect(left.map(({ batch_id }) => batch_id)).toEqual([
    'Ene25_02',
    'Ene25_03',
    'Jun25_02',
    'Mar25_02',
    'May25_01',
  ])
  const rows = (status: typeof done.before, name: string) =>
    status.tables.find((table) => table.name === name)?.rows
  expect(rows(done.before, 'scraping_tasks')).toBe(11)
  expect(rows(done.after, 'scraping_tasks')).toBe(5)
  expect(rows(done.after, 'execution_batches')).toBe(5)
  expect((await checkDatabase(path, NOW)).flatMap(({ faults }) => faults)).toEqual([])
  expect(await dueForDeletion(path, NOW)).toEqual([])
})

test('a damaged file after maintenance costs nothing: the one before it and the journals say the same', async () => {
  const folder = await makeOld()
  await maintain(options(folder))
  let store = await openStore(options(folder))
  await store.insertBatch(newBatch({ batch_id: 'Sep25_09', execution_number: 9 }), [planned()], 3)
  await store.close()
  const tasks = async () => {
    store = await openStore(options(folder))
    const found = await everyTask(store)
    await store.close()
    return found
  }
  const whole = await tasks()
  await writeFile(options(folder).path, 'garbage')
  expect(await tasks()).toEqual(whole)
})

test('the room of what was deleted is given back, and a large database is analysed', async () => {
  const folder = await makeFolder()
  const { path } = options(folder)
  const store = await openStore(options(folder))
  const old = newBatch({ batch_id: 'Ene25_01', started_at: '2025-01-01 02:00:00' })
  await store.insertBatch(old, plannedList(3_000), 3)
  await store.commit([
    {
      type: 'batch',
      batch_id: 'Ene25_01',
      from: 'running',
      set: { status: 'completed', completed_at: '2025-01-01 02:00:00', actual_duration_minutes: 0 },
    },
  ])
  await store.insertBatch(newBatch(), plannedList(1_000), 3)
  await store.close()
  const analysed = () =>
    sqlite3(path, "SELECT name FROM sqlite_schema WHERE name = 'sqlite_stat1'").length === 1
  const done = await maintain(options(folder))
  expect(done.after.file_bytes).toBeLessThan(done.before.file_bytes / 2)
  expect(analysed()).toBe(true)
  const small = await makeOld()
  await maintain(options(small))
  expect(
    sqlite3(options(small).path, "SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'"),
  ).toEqual([])
})

test('without a database there is nothing to maintain, and none is made', async () => {
  await expect(maintain(options(await makeFolder()))).rejects.toMatchObject({ code: 'not_found' })
})
