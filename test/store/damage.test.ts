import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { between, seeded } from '../../src/demo/chance.ts'
import { diskFiles } from '../../src/store/disk/files.ts'
import { namesBeside } from '../../src/store/disk/names.ts'
import { recover } from '../../src/store/disk/recover.ts'
import { makeFolder, newBatch, note, open, plannedList, recordEnds, standingClock, until } from './support.ts'

const TASKS = 60
/** What a refusal must tell the person to do. */
const WAYS_OUT = /^refused.*(zafra db restore|move it|newer Zafra)/
const DATABASE = 'orchestrator.db'
/** Longer than a page, so that pages of text alone are in the file too. */
const LONG = 'ñ'.repeat(5_000)

/** The files that a killed engine leaves: two snapshots, changes between them and changes after them. */
async function killed(): Promise<Map<string, Buffer>> {
  const folder = await makeFolder()
  const clock = standingClock()
  const store = await open(folder, { clock })
  await store.insertBatch(newBatch(), plannedList(TASKS), 3)
  await store.commit([note(1, LONG)])
  clock.fire()
  await until(async () => (await store.status()).journal_bytes === 0)
  for (let id = 2; id <= 4; id++) await store.commit([note(id, `note ${id}`)])
  const names = (await readdir(folder)).sort()
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
  )
}

async function laidOut(files: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const folder = join(await makeFolder(), 'copy')
  await mkdir(folder)
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes)
  return folder
}

/** What the database says, as one text; or the refusal's. */
async function said(folder: string): Promise<string> {
  try {
    const found = await recover(diskFiles, namesBeside(join(folder, DATABASE)), new Date())
    const tasks = found?.memory.all('SELECT * FROM scraping_tasks ORDER BY id')
    found?.memory.close()
    return JSON.stringify(tasks)
  } catch (error) {
    return `refused: ${(error as Error).message}`
  }
}

test('whichever page of the file is zeroed, nothing acknowledged is lost', async () => {
  const files = await killed()
  const folder = await laidOut(files)
  const truth = await said(folder)
  expect(truth).toContain('note 4')
  const whole = files.get(DATABASE)!
  const pages = Math.floor(whole.length / 4096)
  expect(pages).toBeGreaterThan(20)
  for (let page = 0; page < pages; page++) {
    await writeFile(join(folder, DATABASE), Buffer.from(whole).fill(0, page * 4096, (page + 1) * 4096))
    expect([page, await said(folder)]).toEqual([page, truth])
  }
})

test('wherever a bit flips in any of the files, the database tells the truth or is refused with the way out', async () => {
  const files = await killed()
  const folder = await laidOut(files)
  const truth = await said(folder)
  const last = await lastJournal(folder)
  const [start, end] = recordEnds(files.get(last)!).slice(-2) as [number, number]
  const random = seeded(1)
  const wrong: string[] = []
  const outcomes = { truth: 0, refused: 0, cut: 0 }
  for (let flip = 0; flip < Number(process.env['ZAFRA_FLIPS'] ?? 100); flip++) {
    const [name, whole] = [...files][between(random, 0, files.size - 1)]!
    const room = name.includes('.journal.') ? whole.length - recordEnds(whole).at(-1)! - 16 : 0
    const at = between(random, 0, whole.length - room - 1)
    const bytes = Buffer.from(whole)
    bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << between(random, 0, 7)), at)
    await writeFile(join(folder, name), bytes)
    const text = await said(folder)
    if (text === truth) outcomes.truth++
    else if (WAYS_OUT.test(text)) outcomes.refused++
    // The last record cannot be told from a write that was cut short: what was before it is all there.
    else if (name === last && at >= start && at < end && text.includes('note 3')) outcomes.cut++
    else wrong.push(`${name}, byte ${at}: ${text.slice(0, 200)}`)
    await writeFile(join(folder, name), whole)
  }
  expect(wrong).toEqual([])
  expect(outcomes.truth).toBeGreaterThan(30)
  expect(outcomes.refused).toBeGreaterThan(0)
}, 120_000)

test('cut at any byte, the last journal gives exactly the changes that are whole in it', async () => {
  const files = await killed()
  const folder = await laidOut(files)
  const last = await lastJournal(folder)
  const whole = files.get(last)!
  const ends = recordEnds(whole)
  for (let length = 0; length <= ends.at(-1)! + 16; length++) {
    await writeFile(join(folder, last), whole.subarray(0, length))
    const notes = ends.filter((end) => end <= length).length
    const text = await said(folder)
    const there = [2, 3, 4].filter((id) => text.includes(`note ${id}`))
    expect([length, there]).toEqual([length, [2, 3, 4].slice(0, Math.max(notes - 1, 0))])
  }
}, 60_000)

test('a new database has its previous snapshot at once', async () => {
  const folder = await makeFolder()
  const store = await open(folder)
  await store.insertBatch(newBatch(), plannedList(1), 3)
  await store.commit([note(1, 'first')])
  const copy = await laidOut(
    new Map(
      await Promise.all(
        (await readdir(folder)).map(async (name) => [name, await readFile(join(folder, name))] as const),
      ),
    ),
  )
  await writeFile(join(copy, DATABASE), '')
  expect(await said(copy)).toContain('first')
})

async function lastJournal(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.includes('.journal.')).sort()
  return names.at(-1) ?? ''
}
