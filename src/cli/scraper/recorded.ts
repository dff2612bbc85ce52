import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { reason, ZafraError } from '../../domain/error.ts'
import type { Reading } from './reading.ts'

/** What a recording was made of, and what the scraper then found in it: `expected.json`. */
export interface Expectation {
  scraper: string
  url: string
  max_pages: number
  rows: number
  total: number | null
  /** Column → share of rows with a value. */
  coverage: Record<string, number>
}

const EXPECTED = 'expected.json'
const INDEX = 'index.json'

/**
 * Has `record` write a recording to the folder that it is told, and puts it in the place of an earlier one when it is
 * done. Where no page was read the earlier one stays: what a portal showed once is not given for a wall of today.
 * @returns what `record` read, and whether that is what stands in `folder`
 * @throws ZafraError `conflict` where other files stand there
 */
export async function replaceRecording(
  folder: string,
  record: (fresh: string) => Promise<Reading>,
): Promise<{ reading: Reading; recorded: boolean }> {
  const earlier = await ownFiles(folder)
  const fresh = `${folder}.new`
  await empty(fresh, await ownFiles(fresh))
  try {
    await mkdir(fresh, { recursive: true })
    const reading = await record(fresh)
    const recorded = reading.pages.length > 0 || !earlier.includes(EXPECTED)
    if (recorded) await move(fresh, folder, earlier)
    return { reading, recorded }
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

async function move(fresh: string, folder: string, earlier: readonly string[]): Promise<void> {
  await empty(folder, earlier)
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(fresh)) await rename(join(fresh, name), join(folder, name))
}

async function empty(folder: string, files: readonly string[]): Promise<void> {
  for (const name of files) await rm(join(folder, name))
}

/** What is in a folder, which is nothing but a recording. */
async function ownFiles(folder: string): Promise<string[]> {
  const there = existsSync(folder) ? await readdir(folder) : []
  const ours = new Set([EXPECTED, INDEX, ...(await recordedFiles(folder))])
  const foreign = there.find((name) => !ours.has(name))
  if (foreign !== undefined) {
    throw new ZafraError(
      'conflict',
      `${folder} holds ${foreign}, which is no part of a recording; name another folder`,
    )
  }
  return there
}

async function recordedFiles(folder: string): Promise<string[]> {
  const path = join(folder, INDEX)
  if (!existsSync(path)) return []
  const { pages } = (await readJson(path)) as { pages?: { file?: unknown }[] }
  return (Array.isArray(pages) ? pages : []).map(({ file }) => basename(String(file)))
}

export async function writeExpectation(
  folder: string,
  of: Omit<Expectation, keyof Reading>,
  reading: Reading,
) {
  const { rows, total, coverage } = reading
  const expectation: Expectation = { ...of, rows, total, coverage }
  await writeFile(join(folder, EXPECTED), `${JSON.stringify(expectation, null, 2)}\n`)
}

/** @throws ZafraError `not_found` where there is no recording in `folder` */
export async function readExpectation(folder: string): Promise<Expectation> {
  const path = join(folder, EXPECTED)
  if (!existsSync(path)) {
    throw new ZafraError(
      'not_found',
      `${folder} holds no recording (no ${EXPECTED}); zafra scraper record makes one`,
    )
  }
  const { scraper, url, max_pages, rows, total, coverage } = (await readJson(path)) as Partial<Expectation>
  if (typeof scraper !== 'string' || typeof url !== 'string' || !Number.isSafeInteger(max_pages)) {
    throw new ZafraError('not_found', `${path} names no scraper, url and max_pages; record it again`)
  }
  return {
    scraper,
    url,
    max_pages: max_pages ?? 1,
    rows: rows ?? 0,
    total: total ?? null,
    coverage: coverage ?? {},
  }
}

async function readJson(path: string): Promise<object> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (typeof value === 'object' && value !== null) return value
  } catch (cause) {
    throw new ZafraError('not_found', `${path} cannot be read (${reason(cause)}); record it again`, { cause })
  }
  throw new ZafraError('not_found', `${path} is no JSON object; record it again`)
}

/** What a replay found less of than its recording did, and whatever else fails it, in words. */
export function shortfalls({ pages, rows, coverage, error }: Reading, expected: Expectation): string[] {
  const faults: string[] = []
  if (error !== null) faults.push(error)
  const unread = pages.filter(({ strategy }) => strategy === null)
  if (pages.length === 0) faults.push('no page was read')
  for (const { url } of unread) faults.push(`no strategy reads ${url}`)
  if (rows === 0) faults.push('nothing matched: no row')
  else if (rows < expected.rows) faults.push(`${rows} of ${expected.rows} rows`)
  if (rows > 0) {
    for (const [column, share] of Object.entries(expected.coverage)) {
      const now = coverage[column] ?? 0
      if (now < share)
        faults.push(`${column} is filled in ${percent(now)} of the rows, when recorded in ${percent(share)}`)
    }
  }
  return faults
}

export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}
