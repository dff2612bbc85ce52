import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { lastBackup, makeBackup } from '../../src/store/upkeep/backup.ts'
import { createBackups } from '../../src/store/upkeep/backups.ts'
import { diskFiles } from '../../src/store/disk/files.ts'
import { faultyDisk } from './faulty-disk.ts'
import { sqlite3 } from './sqlite3.ts'
import { makeFolder, newBatch, note, open, options, plannedList, standingClock } from './support.ts'

const NOW = new Date('2025-09-16T10:00:00Z')
const RETENTION = 30 * 24 * 3600

function backupOptions(folder: string) {
  return {
    path: join(folder, 'orchestrator.db'),
    backup_dir: join(folder, 'backups'),
    backup_retention: RETENTION,
  }
}

/** The errors that stand in the tasks of a backup, unpacked to a file that any program can open. */
async function notesIn(path: string): Promise<unknown[]> {
  const file = `${path}.db`
  await writeFile(file, gunzipSync(await readFile(path)))
  return sqlite3(file, 'SELECT error_message AS note FROM scraping_tasks ORDER BY id').map(
    ({ note: text }) => text,
  )
}

test('a backup holds everything acknowledged before it, under the name of the document', async () => {
  const folder = await makeFolder()
  const store = await open(folder)
  await store.insertBatch(newBatch(), plannedList(2), 3)
  await store.commit([note(1, 'in the journal alone')])
  const made = await makeBackup(backupOptions(folder), NOW)
  expect(made.path).toBe(join(folder, 'backups', 'orchestrator_backup_20250916_100000.db.gz'))
  expect(await notesIn(made.path)).toEqual(['in the journal alone', null])
  expect(await lastBackup(join(folder, 'backups'))).toMatchObject({ path: made.path, bytes: made.bytes })
})

test('a backup is one moment of a database that is being written', async () => {
  const folder = await makeFolder()
  const clock = standingClock()
  const store = await open(folder, { clock })
  await store.insertBatch(newBatch(), plannedList(2), 3)
  const ended = new AbortController()
  let acknowledged = 0
  const writer = (async () => {
    while (!ended.signal.aborted) {
      const text = String(acknowledged + 1)
      await store.commit([note(1, text), note(2, text)])
      acknowledged += 1
      if (acknowledged % 20 === 0) clock.fire()
    }
  })()
  for (let second = 0; second < 5; second++) {
    const before = acknowledged
    const { path } = await makeBackup(backupOptions(folder), new Date(NOW.getTime() + second * 1_000))
    const [one, other] = await notesIn(path)
    expect(one).toBe(other)
    expect(Number(one)).toBeGreaterThanOrEqual(before)
    // The one that is being acknowledged may be there already.
    expect(Number(one)).toBeLessThanOrEqual(acknowledged + 1)
  }
  ended.abort()
  await writer
  expect(acknowledged).toBeGreaterThan(5)
})

test('the thread that makes a backup says why it could not', async () => {
  const folder = await makeFolder()
  const clock = standingClock()
  const backups = createBackups(backupOptions(folder), clock)
  await expect(backups.make()).rejects.toMatchObject({
    code: 'storage',
    message: expect.stringContaining('there is no database'),
  })
  const store = await open(folder, { clock })
  await store.insertBatch(newBatch(), plannedList(1), 3)
  await backups.make()
  expect(await readdir(join(folder, 'backups'))).toEqual(['orchestrator_backup_20250916_100000.db.gz'])
})

test('retention goes by the time of the file and leaves alone what is no backup', async () => {
  const folder = await makeFolder()
  await open(folder)
  const { backup_dir } = backupOptions(folder)
  await mkdir(join(backup_dir, 'before_upgrade_20200101_000000_000'), { recursive: true })
  const ages: [string, number][] = [
    ['orchestrator_backup_20250801_000000.db.gz', RETENTION + 1],
    ['orchestrator_backup_20250820_000000.db.gz', RETENTION - 1],
    ['orchestrator_backup_20250802_000000.db.gz.0.new', RETENTION + 1],
    ['orchestrator_backup_20250916_095959.db.gz.1.new', 1],
    ['mine.db.gz', RETENTION * 2],
  ]
  for (const [name, age] of ages) {
    await writeFile(join(backup_dir, name), '')
    const at = NOW.getTime() / 1_000 - age
    await utimes(join(backup_dir, name), at, at)
  }
  const { removed } = await makeBackup(backupOptions(folder), NOW)
  expect(removed).toEqual([join(backup_dir, 'orchestrator_backup_20250801_000000.db.gz')])
  expect((await readdir(backup_dir)).sort()).toEqual([
    'before_upgrade_20200101_000000_000',
    'mine.db.gz',
    'orchestrator_backup_20250820_000000.db.gz',
    'orchestrator_backup_20250916_095959.db.gz.1.new',
    'orchestrator_backup_20250916_100000.db.gz',
  ])
})

test('whichever call to the disk fails, no half backup has a name, and the earlier one stays', async () => {
  const folder = await makeFolder()
  await open(folder)
  const first = await makeBackup(backupOptions(folder), NOW)
  const refusals: unknown[] = []
  for (let done = false; !done;) {
    const disk = faultyDisk()
    disk.at = refusals.length + 1
    const later = new Date(NOW.getTime() + disk.at * 1_000)
    const error = await makeBackup(backupOptions(folder), later, disk.files).catch(
      (thrown: unknown) => thrown,
    )
    done = !(error instanceof Error)
    if (!done) refusals.push(error)
  }
  expect(refusals.length).toBeGreaterThan(3)
  const refusal = { code: 'storage', message: expect.stringContaining('ENOSPC') }
  expect(refusals).toEqual(refusals.map(() => expect.objectContaining(refusal)))
  const names = (await readdir(join(folder, 'backups'))).filter((name) => name.endsWith('.gz'))
  expect(names).toContain(first.path.split('/').at(-1))
  for (const name of names) expect(await notesIn(join(folder, 'backups', name))).toEqual([])
})

test('a backup that reads back otherwise than it was written is no backup', async () => {
  const folder = await makeFolder()
  await open(folder)
  const files = {
    ...diskFiles,
    async read(path: string) {
      const bytes = await diskFiles.read(path)
      if (path.includes('.gz')) bytes.fill(0, bytes.length >> 1)
      return bytes
    },
  }
  await expect(makeBackup(backupOptions(folder), NOW, files)).rejects.toMatchObject({ code: 'database' })
  expect(await readdir(join(folder, 'backups'))).toEqual([])
})

test('a file that another program has the rest of is not backed up as if it were whole', async () => {
  const folder = await makeFolder()
  const store = await open(folder)
  await store.close()
  await writeFile(`${options(folder).path}-wal`, 'something')
  await expect(makeBackup(backupOptions(folder), NOW)).rejects.toMatchObject({
    code: 'database',
    message: expect.stringContaining('orchestrator.db-wal'),
  })
})
