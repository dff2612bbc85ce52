import { copyFile, mkdir, readdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSnapshot, type OpenStore } from '../../src/store/index.ts'
import { documentDatabase } from './document.ts'
import {
  recordEnds,
  everyTask,
  makeFolder,
  newBatch,
  note,
  open,
  options,
  planned,
  standingClock,
  start,
  until,
} from './support.ts'

/** The text of the only task: the number of the last change that is there. */
async function lastNote(folder: string): Promise<string | null | undefined> {
  const reads = await openSnapshot(join(folder, 'orchestrator.db'), standingClock())
  const [task] = await everyTask(reads)
  await reads.close()
  return task?.error_message
}

async function withNotes(folder: string, count: number): Promise<OpenStore> {
  const store = await open(folder)
  await store.insertBatch(newBatch(), [planned()], 3)
  for (let each = 1; each <= count; each++) await store.commit([note(1, `note ${each}`)])
  return store
}

/** A store that wrote `first` notes, a snapshot, `second` notes, and was then killed. */
async function killedAfter(first: number, second: number): Promise<string> {
  const folder = await makeFolder()
  const clock = standingClock()
  const store = await open(folder, { clock })
  await store.insertBatch(newBatch(), [planned()], 3)
  for (let each = 1; each <= first; each++) await store.commit([note(1, `note ${each}`)])
  clock.fire()
  await until(async () => (await store.status()).journal_bytes === 0)
  for (let each = first + 1; each <= first + second; each++) await store.commit([note(1, `note ${each}`)])
  return copyOf(folder)
}

/** Writes `bytes` where the next record would stand. */
async function putAfterRecords(path: string, bytes: Buffer): Promise<void> {
  const journal = await readFile(path)
  const end = recordEnds(journal).at(-1)!
  await writeFile(
    path,
    Buffer.concat([journal.subarray(0, end), bytes, journal.subarray(end + bytes.length)]),
  )
}

/** The files as they are now: what a kill leaves. */
async function copyOf(folder: string): Promise<string> {
  const copy = join(await makeFolder(), 'copy')
  await mkdir(copy)
  for (const name of await readdir(folder)) await copyFile(join(folder, name), join(copy, name))
  return copy
}

test('a journal that ends anywhere gives exactly the changes that are whole in it', async () => {
  const folder = await makeFolder()
  await withNotes(folder, 3)
  const journal = join(folder, 'orchestrator.journal.1')
  const whole = await readFile(journal)
  const ends = recordEnds(whole)
  expect(ends).toHaveLength(5)
  for (const length of new Set([0, ...ends.flatMap((end) => [end - 1, end, end + 5, end + 9])])) {
    if (length > whole.length) continue
    await writeFile(journal, whole.subarray(0, length))
    const records = ends.filter((end) => end <= length).length
    const expected = records < 2 ? undefined : records === 2 ? null : `note ${records - 2}`
    expect([length, await lastNote(folder)]).toEqual([length, expected])
  }
})

test('a journal grows by more than a record at a time, so that most writes leave its length as it is', async () => {
  const folder = await makeFolder()
  const store = await withNotes(folder, 1)
  const sizes = new Set<number>()
  for (let at = 0; at < 50; at++) {
    await store.commit([note(1, `a note ${at}`)])
    sizes.add((await stat(join(folder, 'orchestrator.journal.1'))).size)
  }
  expect(sizes.size).toBeGreaterThan(1)
  expect(sizes.size).toBeLessThan(10)
})

test.each([
  ['more zeroes', Buffer.alloc(200_000), []],
  ['half a record', Buffer.from('\x40\0\0\0 and no more'), [expect.stringContaining('the last 16 bytes')]],
])('a tail of %s is no change, and the next write goes on after the last one', async (_, tail, notices) => {
  const folder = await killedAfter(1, 2)
  await putAfterRecords(join(folder, 'orchestrator.journal.2'), tail)
  const store = await open(folder)
  expect(store.notices).toEqual(notices)
  expect(await everyTask(store)).toMatchObject([{ error_message: 'note 3' }])
  await store.commit([note(1, 'after')])
  expect(await lastNote(await copyOf(folder))).toBe('after')
})

const damages: [string, (path: string) => Promise<void>][] = [
  ['emptied', (path) => writeFile(path, '')],
  ['garbage', (path) => writeFile(path, Buffer.alloc(8192, 0x5a))],
  ['gone', (path) => unlink(path)],
  ['cut off', async (path) => writeFile(path, (await readFile(path)).subarray(0, 20_000))],
  ['without one of its pages', zeroPage],
]

test.each(damages)('a file that is %s is set aside, and nothing acknowledged is lost', async (_, damage) => {
  const folder = await killedAfter(2, 2)
  await damage(join(folder, 'orchestrator.db'))
  expect(await lastNote(folder)).toBe('note 4')
  const damaged = await readFile(join(folder, 'orchestrator.db')).catch(() => undefined)
  const store = await open(folder)
  expect(store.notices).toEqual([expect.stringContaining('recovered from the previous snapshot')])
  expect(await everyTask(store)).toMatchObject([{ error_message: 'note 4' }])
  const aside = (await readdir(folder)).filter((name) => name.includes('.corrupt-'))
  expect(await Promise.all(aside.map((name) => readFile(join(folder, name))))).toEqual(
    damaged ? [damaged] : [],
  )
  await store.commit([note(1, 'after')])
  await store.close()
  await rm(join(folder, 'orchestrator.db.prev'))
  expect(await lastNote(folder)).toBe('after')
})

test.each(damages)(
  'a file that is %s, with no way to replace it, is refused untouched',
  async (_, damage) => {
    const folder = await killedAfter(2, 2)
    await damage(join(folder, 'orchestrator.db'))
    await writeFile(join(folder, 'orchestrator.db.prev'), 'nonsense')
    const before = await contents(folder)
    await expect(open(folder)).rejects.toMatchObject({
      code: 'database',
      message: expect.stringContaining('zafra db restore'),
    })
    await expect(openSnapshot(join(folder, 'orchestrator.db'), standingClock())).rejects.toMatchObject({
      code: 'database',
    })
    expect(await contents(folder)).toEqual(before)
  },
)

test('an emptied file with nothing beside it is refused, not begun anew', async () => {
  const folder = await makeFolder()
  await writeFile(join(folder, 'orchestrator.db'), '')
  await expect(open(folder)).rejects.toMatchObject({ code: 'database' })
  expect(await contents(folder)).toEqual({ 'orchestrator.db': '' })
})

test('a missing journal is an error, not a shorter history', async () => {
  const folder = await killedAfter(2, 2)
  await unlink(join(folder, 'orchestrator.db'))
  await unlink(join(folder, 'orchestrator.journal.1'))
  const before = await contents(folder)
  await expect(open(folder)).rejects.toMatchObject({
    code: 'database',
    message: expect.stringContaining('missing'),
  })
  expect(await contents(folder)).toEqual(before)
})

test('the journal of another database is refused', async () => {
  const folder = await killedAfter(2, 2)
  const other = await killedAfter(2, 2)
  await copyFile(join(other, 'orchestrator.journal.2'), join(folder, 'orchestrator.journal.2'))
  await expect(open(folder)).rejects.toMatchObject({
    code: 'database',
    message: expect.stringContaining('another database'),
  })
})

test('the journal of another database beside the file of an older program is refused, and nothing is changed', async () => {
  const folder = await killedAfter(2, 2)
  await unlink(join(folder, 'orchestrator.db.prev'))
  await unlink(join(folder, 'orchestrator.db'))
  documentDatabase(join(folder, 'orchestrator.db'), 3).close()
  const before = await contents(folder)
  await expect(open(folder)).rejects.toMatchObject({
    code: 'database',
    message: expect.stringContaining('another database'),
  })
  expect(await contents(folder)).toEqual(before)
})

test('what a failed write left in an older journal is void', async () => {
  const folder = await killedAfter(1, 2)
  const stale = await copyOf(folder)
  const store = await open(folder)
  await store.commit([note(1, 'the true third')])
  const third = await copyOf(folder)
  // The older journal ends one change too far: a write that failed and could not be cut back.
  const longer = await open(stale)
  await longer.commit([note(1, 'never acknowledged')])
  const [journal2, extra] = [join(third, 'orchestrator.journal.2'), join(stale, 'orchestrator.journal.3')]
  const record = (await readFile(extra)).subarray(recordEnds(await readFile(extra))[0])
  await putAfterRecords(journal2, record)
  expect(await lastNote(third)).toBe('the true third')
})

test('closing leaves all of it in the file; opening again changes nothing', async () => {
  const folder = await makeFolder()
  const store = await withNotes(folder, 3)
  await store.commit([start(1)])
  await store.close()
  const closed = await contents(folder)
  const again = await open(folder)
  expect(again.notices).toEqual([])
  await again.close()
  expect(await contents(folder)).toEqual(closed)
})

test('there is nothing to read where there is no database, and reading makes none', async () => {
  const folder = await makeFolder()
  await expect(openSnapshot(options(folder).path, standingClock())).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await readdir(folder)).toEqual([])
})

async function zeroPage(path: string): Promise<void> {
  const bytes = await readFile(path)
  await writeFile(path, bytes.fill(0, 4096 * 3, 4096 * 4))
}

async function contents(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'base64')))
  return Object.fromEntries(names.map((name, at) => [name, texts[at] ?? '']))
}
