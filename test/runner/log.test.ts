import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LogLine, LogPage } from '../../src/domain/logs.ts'
import { createLogReader } from '../../src/runner/index.ts'
import { LogWriter } from '../../src/runner/log-writer.ts'
import { allLines } from '../support/attempts.ts'
import { testClock } from '../support/clock.ts'

const reader = createLogReader()
let folder: string
let log: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zafra-log-'))
  log = join(folder, 'Nov26_01', '1-1.log')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function writer(cap = 1_000_000, path = log) {
  return new LogWriter(path, cap, testClock(), () => {})
}

async function write(lines: readonly string[], cap?: number): Promise<void> {
  const to = writer(cap)
  for (const [at, line] of lines.entries()) {
    to.line(at % 3 === 2 ? 'err' : 'out', Buffer.from(line))
    // The disk gets a turn, as between the chunks of a real process.
    if (at % 50 === 49) await new Promise(setImmediate)
  }
  await to.close()
}

const numbered = (count: number, length = 20) =>
  Array.from({ length: count }, (_, at) => `${at} `.padEnd(length, 'x'))

async function walkForward(limit: number, stream?: 'out' | 'err'): Promise<LogPage[]> {
  const pages: LogPage[] = []
  for (let offset = 0; ; offset = pages.at(-1)?.next ?? 0) {
    pages.push(await reader.read(log, { from: { offset }, limit, ...(stream && { stream }) }))
    if (pages.at(-1)?.end) return pages
  }
}

async function walkBackward(limit: number): Promise<LogLine[]> {
  const lines: LogLine[] = []
  let page = await reader.read(log, { from: 'end', limit })
  while (page.lines[0]) {
    lines.unshift(...page.lines)
    page = await reader.read(log, { from: { before: page.lines[0].offset }, limit })
  }
  return lines
}

const texts = (lines: readonly LogLine[]) => lines.map(({ text }) => text)

test('a line keeps its time, its stream and its bytes, and can be read with less', async () => {
  const to = writer()
  to.note('begins')
  to.line('out', Buffer.from('a\u001b[31m\0b\r'))
  to.line('err', Buffer.from([0xff, 0x41]), true)
  await to.close()
  const at = '2026-11-24T05:00:00.000Z'
  const [first, second, third] = await allLines(log)
  expect(first).toEqual({ offset: 0, at, stream: 'zafra', text: 'begins', continued: false })
  expect(second).toMatchObject({ at, stream: 'out', text: 'a\u001b[31m\0b\r', continued: false })
  expect(third).toMatchObject({ at, stream: 'err', text: '\ufffdA', continued: true })
  expect(statSync(log).mode & 0o777).toBe(0o600)
})

test('any walk by pages, forward or backward, yields each line once and in order', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'ñ', '\0', '\r', ' ', ':') })
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom('out' as const, 'err' as const),
      async (lines, limit, stream) => {
        await write(lines)
        expect(texts((await walkForward(limit)).flatMap((page) => page.lines))).toEqual(lines)
        expect(texts(await walkBackward(limit))).toEqual(lines)
        const own = lines.filter((_, at) => (at % 3 === 2) === (stream === 'err'))
        expect(texts((await walkForward(limit, stream)).flatMap((page) => page.lines))).toEqual(own)
      },
    ),
    { numRuns: 30 },
  )
})

test('an offset names its line for good', async () => {
  await write(numbered(200))
  for (const line of await allLines(log)) {
    const page = await reader.read(log, { from: { offset: line.offset }, limit: 1 })
    expect(page.lines).toEqual([line])
  }
})

test('an offset in the middle of a line leads to the next one', async () => {
  await write(['first', 'second'])
  expect(texts((await reader.read(log, { from: { offset: 3 }, limit: 9 })).lines)).toEqual(['second'])
  expect((await reader.read(log, { from: { offset: 10_000 }, limit: 9 })).lines).toEqual([])
  expect(texts((await reader.read(log, { from: { before: 70 }, limit: 9 })).lines)).toEqual(['first'])
})

describe('a log over its cap', () => {
  const cap = 400_000
  const lines = numbered(20_000, 60)

  test('keeps its head and its tail within the cap, also while it is written', async () => {
    const to = writer(cap)
    let most = 0
    for (const [at, line] of lines.entries()) {
      to.line('out', Buffer.from(line))
      if (at % 100 === 99) await new Promise((resolve) => setTimeout(resolve, 0))
      if (at % 2000 === 1999) most = Math.max(most, bytesOnDisk())
    }
    await to.close()
    // A file more than counts stands there for a moment.
    expect(most).toBeLessThanOrEqual(cap * 1.2)
    const kept = texts((await walkForward(1000)).flatMap((page) => page.lines))
    expect(kept[0]).toBe(lines[0])
    expect(kept.at(-1)).toBe(lines.at(-1))
    expect(bytesOnDisk()).toBeLessThanOrEqual(cap)
    expect(bytesOnDisk()).toBeGreaterThan(cap / 2)
  })

  test('says how much is missing, once, in either direction', async () => {
    await write(lines, cap)
    const written = lines.length * (lineLength(lines[0]) + 1)
    const pages = await walkForward(300)
    const dropped = pages.reduce((sum, page) => sum + page.dropped, 0)
    expect(dropped).toBe(written - bytesOnDisk())
    const all = await reader.read(log, { from: 'end', limit: lines.length })
    expect(all.dropped).toBe(dropped)
    expect(all).toMatchObject({ end: true, next: written })
    expect((await reader.read(log, { from: 'end', limit: 3 })).dropped).toBe(0)
  })

  const lineLength = (line = '') => '2026-11-24T05:00:00.000Z out: '.length + line.length
  const bytesOnDisk = () => {
    const tail = join(`${log}.tail`)
    const files = [log, ...safeList(tail).map((name) => join(tail, name))]
    return files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0)
  }
})

function safeList(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

test('a follower sees each line of a growing log once', async () => {
  const to = writer(20_000_000)
  to.note('begins')
  const seen: string[] = []
  let next = 0
  const follow = async () => {
    const page = await reader.read(log, { from: { offset: next }, limit: 40 })
    seen.push(...texts(page.lines))
    next = page.next
    return page.end
  }
  const lines = numbered(3000)
  for (const [at, line] of lines.entries()) {
    to.line('out', Buffer.from(line))
    if (at % 100 === 99) await follow().catch(() => {})
  }
  await to.close()
  while (!(await follow()));
  expect(seen).toEqual(['begins', ...lines])
})

test('a log that is not there is not found', async () => {
  await expect(reader.read(log, { from: 'end', limit: 1 })).rejects.toMatchObject({ code: 'not_found' })
})

test('bytes that are no line of ours are shown, not hidden', async () => {
  mkdirSync(dirname(log))
  writeFileSync(log, `\0\0\0\n${'z'.repeat(600_000)}\n2026-11-24T05:00:00.000Z out: good\nhalf a li`)
  const lines = (await walkForward(10)).flatMap((page) => page.lines)
  expect(lines[0]?.text).toBe('\0\0\0')
  expect(lines.at(-1)?.text).toBe('good')
  expect(texts(await walkBackward(2)).at(-1)).toBe('good')
})

describe('a disk that takes nothing', () => {
  test('costs the log its lines and nothing else', async () => {
    writeFileSync(join(folder, 'Nov26_01'), 'a file where the folder should be')
    const to = writer()
    to.note('lost')
    await to.close()
    const full = writer(1_000_000, '/dev/full')
    full.line('out', Buffer.alloc(3_000_000))
    expect(full.congested).toBe(true)
    await full.close()
    expect(full.congested).toBe(false)
  })

  test('and takes again: the log says what is missing', async () => {
    const blocker = join(folder, 'Nov26_01')
    writeFileSync(blocker, '')
    let relieved = () => {}
    const to = new LogWriter(log, 9_000_000, testClock(), () => relieved())
    const given = new Promise<void>((resolve) => (relieved = resolve))
    to.line('out', Buffer.alloc(2_000_000))
    await given
    rmSync(blocker)
    to.note('kept')
    await to.close()
    expect(texts(await allLines(log))).toEqual([expect.stringMatching(/did not take 2000031 bytes/), 'kept'])
  })
})

test('pages of long lines are short, whichever way they are read, and lose none', async () => {
  await write(numbered(120, 60_000), 100_000_000)
  const forward = await walkForward(1_000)
  const backward: LogPage[] = [await reader.read(log, { from: 'end', limit: 1_000 })]
  while ((backward[0]?.lines[0]?.offset ?? 0) > 0) {
    const before = backward[0]?.lines[0]?.offset ?? 0
    backward.unshift(await reader.read(log, { from: { before }, limit: 1_000 }))
  }
  const textsOf = (pages: LogPage[]) => pages.flatMap(({ lines }) => lines.map(({ text }) => text))
  expect(textsOf(forward)).toEqual(numbered(120, 60_000))
  expect(textsOf(backward)).toEqual(textsOf(forward))
  for (const { lines } of [...forward, ...backward]) expect(lines.length).toBeLessThan(40)
})
