import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Change } from '../../src/domain/store.ts'
import { openSnapshot } from '../../src/store/index.ts'
import { faultyDisk } from './faulty-disk.ts'
import { everyTask, makeFolder, newBatch, note, open, plannedList, standingClock } from './support.ts'

const TASKS = 8

/** What a task cannot become: it is pending. */
function conflicting(id: number): Change {
  return { type: 'task', id, from: 'running', set: { status: 'completed' } }
}

test('writes that come together are each all or nothing, and the journal holds exactly those that were acknowledged', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ id: fc.integer({ min: 1, max: TASKS }), fails: fc.boolean() })),
      async (wanted) => {
        const folder = await makeFolder()
        const store = await open(folder)
        await store.insertBatch(newBatch(), plannedList(TASKS), 3)
        const expected = new Map<number, string>()
        const ends = await Promise.allSettled(
          wanted.map(({ id, fails }, at) => {
            if (!fails) expected.set(id, `note ${at}`)
            return store.commit([note(id, `note ${at}`), ...(fails ? [conflicting(id)] : [])])
          }),
        )
        expect(ends.map(({ status }) => status)).toEqual(
          wanted.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')),
        )
        const notes = (tasks: Awaited<ReturnType<typeof everyTask>>) =>
          new Map(tasks.filter((each) => each.error_message).map((each) => [each.id, each.error_message]))
        expect(notes(await everyTask(store))).toEqual(expected)
        // Without a snapshot: what the journal alone gives.
        const again = await openSnapshot(join(folder, 'orchestrator.db'), standingClock())
        expect(notes(await everyTask(again))).toEqual(expected)
        await again.close()
        await store.close()
      },
    ),
    { numRuns: 15 },
  )
})

test('where the disk refuses, all that came together is undone and said to be', async () => {
  const disk = faultyDisk()
  const store = await open(await makeFolder(), { files: disk.files })
  await store.insertBatch(newBatch(), plannedList(TASKS), 3)
  disk.full = true
  const ends = await Promise.allSettled([1, 2, 3, 4].map((id) => store.commit([note(id, 'lost')])))
  expect(ends).toMatchObject(ends.map(() => ({ status: 'rejected', reason: { code: 'storage' } })))
  disk.full = false
  await store.commit([note(1, 'kept')])
  expect((await everyTask(store)).map((task) => task.error_message)).toEqual([
    'kept',
    ...Array(TASKS - 1).fill(null),
  ])
})

test('many writes at once share the syncs of the disk', async () => {
  const disk = faultyDisk()
  const store = await open(await makeFolder(), { files: disk.files })
  await store.insertBatch(newBatch(), plannedList(TASKS), 3)
  const before = disk.calls
  await Promise.all(Array.from({ length: 40 }, (_, at) => store.commit([note(1 + (at % TASKS), String(at))])))
  expect(disk.calls - before).toBeLessThan(6)
})
