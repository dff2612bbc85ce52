import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openSnapshot } from '../../src/store/index.ts'
import { faultyDisk } from './faulty-disk.ts'
import {
  everyTask,
  makeFolder,
  newBatch,
  note,
  open,
  options,
  plannedList,
  standingClock,
  until,
} from './support.ts'

async function notes(folder: string): Promise<(string | null)[]> {
  const reads = await openSnapshot(options(folder).path, standingClock())
  const tasks = await everyTask(reads)
  await reads.close()
  return tasks.map(({ error_message }) => error_message)
}

test.each(['ENOSPC', 'EIO'] as const)(
  'whichever call to the disk fails (%s), what was acknowledged is there and nothing else',
  async (code) => {
    const refusals: unknown[] = []
    let reached = true
    for (let at = 1; reached; at++) {
      const folder = await makeFolder()
      const clock = standingClock()
      const disk = faultyDisk(code)
      const store = await open(folder, { clock, files: disk.files, fsync: 'always' })
      await store.insertBatch(newBatch(), plannedList(4), 3)
      disk.calls = 0
      disk.at = at
      const expected: (string | null)[] = [null, null, null, null]
      for (const id of [1, 2, 3, 4]) {
        await store.commit([note(id, `note ${id}`)]).then(
          () => (expected[id - 1] = `note ${id}`),
          (error: unknown) => void refusals.push(error),
        )
        const before = disk.calls
        clock.fire()
        if (id === 2) await until(() => disk.calls > before)
      }
      expect(await notes(folder)).toEqual(expected)
      const [closing] = await Promise.allSettled([store.close()])
      if (closing.status === 'rejected') refusals.push(closing.reason)
      reached = disk.calls >= at
      const again = await open(folder, { files: disk.files })
      expect((await everyTask(again)).map(({ error_message }) => error_message)).toEqual(expected)
    }
    expect(refusals.length).toBeGreaterThan(3)
    const storage = expect.objectContaining({ code: 'storage', message: expect.stringContaining(code) })
    expect(refusals).toEqual(refusals.map(() => storage))
  },
  60_000,
)

test('on a full disk every write is refused and undone, and the next works when there is room', async () => {
  const folder = await makeFolder()
  const disk = faultyDisk()
  const store = await open(folder, { files: disk.files })
  await store.insertBatch(newBatch(), plannedList(1), 3)
  await store.commit([note(1, 'before')])
  disk.full = true
  for (let each = 0; each < 5; each++) {
    await expect(store.commit([note(1, 'never')])).rejects.toMatchObject({ code: 'storage' })
    expect(await store.task(1)).toMatchObject({ error_message: 'before' })
  }
  expect(await notes(folder)).toEqual(['before'])
  disk.full = false
  await store.commit([note(1, 'after')])
  expect(await notes(folder)).toEqual(['after'])
  expect((await readdir(folder)).filter((name) => name.includes('.journal.'))).toHaveLength(2)
})

test('a snapshot that fails is said and tried again, and loses nothing', async () => {
  const folder = await makeFolder()
  const clock = standingClock()
  const disk = faultyDisk()
  const store = await open(folder, { clock, files: disk.files })
  await store.insertBatch(newBatch(), plannedList(1), 3)
  disk.full = true
  clock.fire()
  await until(async () => (await store.status()).snapshot_error !== null)
  await until(() => clock.waiting.length === 1)
  expect(await notes(folder)).toEqual([null])
  disk.full = false
  await store.commit([note(1, 'after')])
  clock.fire()
  await until(async () => (await store.status()).snapshot_error === null)
  expect(await notes(folder)).toEqual(['after'])
})

test('a disk that takes a few bytes at a time takes all of them', async () => {
  const folder = await makeFolder()
  const disk = faultyDisk()
  disk.short = true
  const store = await open(folder, { files: disk.files })
  await store.insertBatch(newBatch(), plannedList(1), 3)
  await store.commit([note(1, 'whole')])
  expect(await notes(folder)).toEqual(['whole'])
})
