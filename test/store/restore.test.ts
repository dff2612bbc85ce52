import { copyFile, cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { beforeEach, expect, test } from 'vitest'
import { makeBackup } from '../../src/store/upkeep/backup.ts'
import type { Files } from '../../src/store/disk/files.ts'
import { openStore } from '../../src/store/index.ts'
import { restore } from '../../src/store/upkeep/restore.ts'
import { documentDatabase } from './document.ts'
import { faultyDisk } from './faulty-disk.ts'
import { everyTask, makeFolder, newBatch, note, options, plannedList, standingClock } from './support.ts'

const NOW = new Date('2025-09-16T10:00:00Z')
let clock = standingClock()
beforeEach(() => {
  clock = standingClock()
})

/** A workspace with a backup that says `then` and a database that has gone on to `now`, some of it in the journal. */
async function makeHistory(): Promise<{ folder: string; backup: string }> {
  const folder = await makeFolder()
  const { path, backup_dir } = options(folder)
  const store = await openStore(options(folder))
  await store.insertBatch(newBatch(), plannedList(1), 3)
  await store.commit([note(1, 'then')])
  const { path: backup } = await makeBackup({ path, backup_dir, backup_retention: 1e9 }, NOW)
  await store.commit([note(1, 'now')])
  await store.close()
  return { folder, backup }
}

function restoreIn(folder: string, source: string, files?: Files): Promise<string | null> {
  return restore({ ...options(folder), clock }, source, files)
}

async function noteIn(folder: string): Promise<string | null | undefined> {
  const store = await openStore(options(folder))
  try {
    return (await everyTask(store))[0]?.error_message
  } finally {
    await store.close()
  }
}

test('what was backed up is the database again, and goes on from there', async () => {
  const { folder, backup } = await makeHistory()
  await restoreIn(folder, backup)
  const store = await openStore(options(folder))
  expect((await everyTask(store))[0]?.error_message).toBe('then')
  await store.commit([note(1, 'later')])
  await store.close()
  expect(await noteIn(folder)).toBe('later')
})

test('what it replaced is kept whole and can be restored itself', async () => {
  const { folder, backup } = await makeHistory()
  const replaced = await restoreIn(folder, backup)
  expect(replaced).toBe(join(folder, 'backups', 'before_restore_20250916_100000_000'))
  clock.advance(1)
  await restoreIn(folder, join(replaced ?? '', 'orchestrator.db'))
  expect(await noteIn(folder)).toBe('now')
})

test('a copy of the files of a database that was cut off is restored with its journal', async () => {
  const folder = await makeFolder()
  const store = await openStore(options(folder))
  await store.insertBatch(newBatch(), plannedList(1), 3)
  await store.commit([note(1, 'in the journal alone')])
  const copy = await makeFolder()
  for (const name of await readdir(folder)) await copyFile(join(folder, name), join(copy, name))
  await store.close()
  const target = await makeFolder()
  expect(await restoreIn(target, join(copy, 'orchestrator.db'))).toBeNull()
  expect(await noteIn(target)).toBe('in the journal alone')
})

test('a backup of the document’s own script is restored and then upgraded', async () => {
  const folder = await makeFolder()
  const old = documentDatabase(join(folder, 'old.db'), 3)
  old.exec('PRAGMA journal_mode = WAL')
  old.exec(
    "INSERT INTO execution_batches (batch_id, month_year, execution_number) VALUES ('Ago25_01', 'Ago25', 1)",
  )
  old.close()
  await writeFile(join(folder, 'old.db.gz'), gzipSync(await readFile(join(folder, 'old.db'))))
  await restoreIn(folder, join(folder, 'old.db.gz'))
  const store = await openStore(options(folder))
  expect((await store.latestBatch())?.batch_id).toBe('Ago25_01')
  await store.close()
})

const useless: [string, (backup: Buffer) => Buffer, string][] = [
  ['nothing', () => Buffer.alloc(0), 'is empty'],
  ['text', () => Buffer.from('website,city\n'), 'is not a SQLite database'],
  ['an empty archive', () => gzipSync(Buffer.alloc(0)), 'it holds no tables'],
  ['half an archive', (backup) => backup.subarray(0, backup.length >> 1), 'cannot be unpacked'],
  [
    'half a database',
    (backup) => gzipSync(gunzipSync(backup).subarray(0, 8192)),
    'no database that can be used',
  ],
]

test.each(useless)('%s is not restored, and nothing is touched', async (_, spoil, why) => {
  const { folder, backup } = await makeHistory()
  const source = join(await makeFolder(), 'given')
  await writeFile(source, spoil(await readFile(backup)))
  const before = await readdir(folder, { recursive: true })
  await expect(restoreIn(folder, source)).rejects.toMatchObject({
    code: 'database',
    message: expect.stringContaining(why),
  })
  expect(await readdir(folder, { recursive: true })).toEqual(before)
  expect(await noteIn(folder)).toBe('now')
})

test('a file that is not there is not found', async () => {
  const { folder } = await makeHistory()
  await expect(restoreIn(folder, join(folder, 'nothing.gz'))).rejects.toMatchObject({ code: 'not_found' })
})

test('whichever call to the disk fails, the database is the old one, the new one or refused; again it succeeds', async () => {
  const history = await makeHistory()
  const outcomes = new Set<unknown>()
  let failed = true
  for (let at = 1; failed; at++) {
    const folder = await makeFolder()
    await cp(history.folder, folder, { recursive: true })
    const disk = faultyDisk()
    disk.at = at
    failed = await restoreIn(folder, history.backup, disk.files).then(
      () => false,
      (error: unknown) => {
        expect(error).toMatchObject({ code: 'storage' })
        return true
      },
    )
    const found = await noteIn(folder).catch((error: unknown) => (error as { code: string }).code)
    expect(['now', 'then', 'database']).toContain(found)
    outcomes.add(found)
    clock.advance(1)
    await restoreIn(folder, history.backup)
    expect(await noteIn(folder)).toBe('then')
  }
  expect([...outcomes]).toEqual(expect.arrayContaining(['now', 'then']))
})
