import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LogLine } from '../../src/domain/logs.ts'
import { createLogReader } from '../../src/runner/index.ts'
import { logThrough } from '../../src/runner/log-through.ts'
import { LogWriter } from '../../src/runner/log-writer.ts'
import { testClock } from '../support/clock.ts'
import type { Writing } from './log-writing.ts'

const reader = createLogReader()
let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zafra-follow-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** `2026-11-24T05:00:00.000Z out: ` and the newline. */
const FRAME = 31
const lineOf = (at: number, length: number) => `${at} `.padEnd(length, 'x')
const numberOf = ({ text }: LogLine) => Number(text.split(' ')[0])

interface Whole {
  log: string
  cap: number
  lines: number
  length: number
  /** Lines between two turns of the disk. */
  burst: number
}

async function write({ log, cap, lines, length, burst }: Whole): Promise<void> {
  const writer = new LogWriter(log, cap, testClock(), () => {})
  for (let at = 0; at < lines; at++) {
    writer.line('out', Buffer.from(lineOf(at, length)))
    if (at % burst === burst - 1) await new Promise(setImmediate)
  }
  await writer.close()
}

/** Reads on and on until the writer has ended and the end is reached. */
async function follow(log: string, limit: number, over: () => boolean) {
  const seen: LogLine[] = []
  let dropped = 0
  for (let next = 0; ;) {
    const last = over()
    const page = await reader.read(log, { from: { offset: next }, limit }).catch(() => undefined)
    seen.push(...(page?.lines ?? []))
    dropped += page?.dropped ?? 0
    next = page?.next ?? 0
    if (page?.end && last) return { seen, dropped, next }
  }
}

async function followWriting(writing: Whole, limit: number) {
  let over = false
  const written = write(writing).then(() => (over = true))
  const followed = await follow(writing.log, limit, () => over)
  await written
  return followed
}

let logs = 0
const writing = fc.record({
  lines: fc.integer({ min: 1, max: 3000 }),
  length: fc.integer({ min: 6, max: 300 }),
  burst: fc.integer({ min: 1, max: 60 }),
})

/** Whether the end of the log lost a file: the tail does not begin where the head ends. */
function lostFile(log: string): boolean {
  const starts = readdirSync(`${log}.tail`).map(Number)
  return Math.min(...starts) > statSync(log).size
}

test(
  'a follower sees each line once while the log goes on in further files',
  { timeout: 60_000 },
  async () => {
    const paths = Array.from({ length: 25 }, () => join(folder, `${logs++}-1.log`))
    // Five small files that just hold it all, as long as the disk keeps up with the writer.
    const workerData: Writing = { logs: paths, cap: 50_000, lines: 300, length: 100 }
    const writer = new Worker(new URL('log-writing.ts', import.meta.url), { workerData })
    let over = false
    const ended = once(writer, 'exit').then(() => (over = true))
    let whole = 0
    for (const [at, log] of paths.entries()) {
      const next = paths[at + 1]
      const hasEnded = () => over || (next !== undefined && existsSync(next))
      const { seen, dropped } = await follow(log, 1 + (at % 40), hasEnded)
      if (lostFile(log)) continue
      whole += 1
      expect(dropped).toBe(0)
      expect(seen.map(numberOf)).toEqual(Array.from({ length: 300 }, (_, number) => number))
    }
    await ended
    expect(whole).toBeGreaterThan(0)
  },
)

test('what the cap drops under a follower is told to the byte', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(writing, async (given) => {
      const log = join(folder, `${logs++}-1.log`)
      const { seen, dropped, next } = await followWriting({ ...given, log, cap: 60_000 }, 200)
      const numbers = seen.map(numberOf)
      expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
      expect(seen.length * (given.length + FRAME) + dropped).toBe(next)
      expect(next).toBe(given.lines * (given.length + FRAME))
      expect(numbers.at(-1)).toBe(given.lines - 1)
    }),
    { numRuns: 25 },
  )
})

test('one walk through it has the lines of the pages, and the bytes of its files', async () => {
  await fc.assert(
    fc.asyncProperty(writing, fc.constantFrom(30_000, 200_000, 5_000_000), async (given, cap) => {
      const log = join(folder, `${logs++}-1.log`)
      await write({ ...given, log, cap })
      const sum = { lines: [] as LogLine[], dropped: 0, bytes: 0 }
      for await (const { lines, dropped, bytes } of logThrough(log)) {
        sum.lines.push(...lines)
        sum.dropped += dropped
        sum.bytes += bytes
      }
      const page = await reader.read(log, { from: { offset: 0 }, limit: given.lines })
      expect(sum.lines).toEqual(page.lines)
      expect(sum.dropped).toBe(page.dropped)
      expect(sum.bytes + sum.dropped).toBe(page.next)
    }),
    { numRuns: 15 },
  )
})
