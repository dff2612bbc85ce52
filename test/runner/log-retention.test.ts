import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLogReader } from '../../src/runner/index.ts'
import { createLogRetention, dueLogs } from '../../src/runner/log-retention.ts'
import { testClock } from '../support/clock.ts'
import { temporaryFolder } from '../support/program.ts'

const NOW = new Date('2026-11-24T05:00:00Z')
const DAY = 24 * 3600
const KIB = 1024
const reader = createLogReader()
const none = () => false

interface Made {
  batch: string
  log: string
  days: number
  kib: number
}

/** A log whose head and tail were last written to `days` ago. */
function make(folder: string, { batch, log, days, kib }: Made): void {
  mkdirSync(join(folder, batch, `${log}.tail`), { recursive: true })
  const head = join(folder, batch, log)
  const tail = join(`${head}.tail`, '123456')
  writeFileSync(head, 'h'.repeat(KIB))
  writeFileSync(tail, 't'.repeat((kib - 1) * KIB))
  const then = NOW.getTime() / 1000 - days * DAY
  utimesSync(head, then - 60, then - 60)
  utimesSync(tail, then, then)
}

function retention(folder: string, { days, kib }: { days: number; kib: number }) {
  const settings = {
    paths: { data: '', urls: '', codes: '', logs: folder },
    logs: { max_bytes_per_attempt: 1, retention: days * DAY, retention_bytes: kib * KIB },
  }
  const clock = testClock(NOW)
  return {
    prune: (spared: (batch: string) => boolean = none) => createLogRetention(settings, clock).prune(spared),
    due: (spared: (batch: string) => boolean = none) => dueLogs(settings, clock, spared),
  }
}

const left = (folder: string, batch: string) =>
  readdirSync(join(folder, batch)).filter((name) => name.endsWith('.log'))

test('by age, then by bytes, the oldest first; the tail goes with its head', async () => {
  using folder = temporaryFolder()
  make(folder.path, { batch: 'Ene26_01', log: '1-1.log', days: 100, kib: 2 })
  make(folder.path, { batch: 'Oct26_01', log: '2-1.log', days: 30, kib: 4 })
  make(folder.path, { batch: 'Oct26_01', log: '3-1.log', days: 29, kib: 4 })
  make(folder.path, { batch: 'Nov26_01', log: '4-1.log', days: 1, kib: 4 })
  const { prune, due } = retention(folder.path, { days: 90, kib: 9 })
  const expected = [
    { batch_id: 'Ene26_01', rule: 'age', logs: 1, bytes: 2 * KIB },
    { batch_id: 'Oct26_01', rule: 'bytes', logs: 1, bytes: 4 * KIB },
  ]
  expect(await due()).toEqual(expected)
  expect(left(folder.path, 'Ene26_01')).toEqual(['1-1.log'])
  expect(await prune()).toEqual(expected)
  expect(existsSync(join(folder.path, 'Ene26_01/1-1.log.tail'))).toBe(false)
  expect(left(folder.path, 'Oct26_01')).toEqual(['3-1.log'])
  expect(await prune()).toEqual([])
})

test('the reader says when and why a log is gone, once, and another missing one is not found', async () => {
  using folder = temporaryFolder()
  make(folder.path, { batch: 'Ene26_01', log: '1-1.log', days: 100, kib: 2 })
  await retention(folder.path, { days: 90, kib: 0 }).prune()
  const log = join(folder.path, 'Ene26_01/1-1.log')
  const page = await reader.read(log, { from: 'end', limit: 10, stream: 'err' })
  expect(page).toMatchObject({ end: true, removed_at: '2026-11-24T05:00:00.000Z' })
  expect(page.lines.map(({ text }) => text)).toEqual([
    'this log was removed by retention on 2026-11-24: it was older than logs.retention',
  ])
  expect((await reader.read(log, { from: { offset: page.next }, limit: 10 })).lines).toEqual([])
  expect((await reader.read(log, { from: { before: 0 }, limit: 10 })).lines).toEqual([])
  await expect(
    reader.read(join(folder.path, 'Ene26_01/1-2.log'), { from: 'end', limit: 1 }),
  ).rejects.toMatchObject({ code: 'not_found' })
})

test('what is spared stays, also when it becomes so at the last moment, and its bytes count', async () => {
  using folder = temporaryFolder()
  make(folder.path, { batch: 'a', log: '1-1.log', days: 200, kib: 4 })
  make(folder.path, { batch: 'b', log: '2-1.log', days: 100, kib: 4 })
  make(folder.path, { batch: 'c', log: '3-1.log', days: 1, kib: 4 })
  const { prune } = retention(folder.path, { days: 90, kib: 4 })
  let asked = 0
  const pruned = await prune((batch) => batch === 'a' || (batch === 'b' && ++asked > 1))
  expect(pruned).toEqual([{ batch_id: 'c', rule: 'bytes', logs: 1, bytes: 4 * KIB }])
  expect([left(folder.path, 'a'), left(folder.path, 'b')]).toEqual([['1-1.log'], ['2-1.log']])
})

test('what is no log of an attempt is left alone', async () => {
  using folder = temporaryFolder()
  make(folder.path, { batch: 'a', log: '1-1.log', days: 200, kib: 2 })
  const foreign = ['engine.log', 'a/notes.txt', 'a/1-1.log.bak', 'a/x-1.log']
  for (const file of foreign) {
    writeFileSync(join(folder.path, file), 'mine')
    utimesSync(join(folder.path, file), 0, 0)
  }
  await retention(folder.path, { days: 90, kib: 1 }).prune()
  expect(foreign.every((file) => existsSync(join(folder.path, file)))).toBe(true)
  expect(left(folder.path, 'a')).toEqual(['x-1.log'])
})

test('a record that nobody asks for any more goes with its folder', async () => {
  using folder = temporaryFolder()
  make(folder.path, { batch: 'a', log: '1-1.log', days: 200, kib: 2 })
  const { prune } = retention(folder.path, { days: 90, kib: 0 })
  await prune()
  utimesSync(join(folder.path, 'a/removed.jsonl'), 0, NOW.getTime() / 1000 - 366 * DAY)
  await prune()
  expect(readdirSync(folder.path)).toEqual([])
})

test('whatever the logs and the limits: nothing newer goes before anything older, and no limit is missed', async () => {
  const some = fc.array(
    fc.record({
      batch: fc.constantFrom('a', 'b', 'c'),
      days: fc.nat(50),
      kib: fc.integer({ min: 2, max: 5 }),
    }),
    { maxLength: 12 },
  )
  await fc.assert(
    fc.asyncProperty(some, fc.nat(50), fc.nat(40), async (made, days, kib) => {
      using folder = temporaryFolder()
      for (const [at, each] of made.entries()) make(folder.path, { ...each, log: `${at}-1.log` })
      await retention(folder.path, { days, kib }).prune((batch) => batch === 'c')
      const kept = made.filter(({ batch }, at) => existsSync(join(folder.path, batch, `${at}-1.log`)))
      const gone = made.filter((each) => !kept.includes(each))
      expect(gone.filter(({ batch }) => batch === 'c')).toEqual([])
      const free = kept.filter(({ batch }) => batch !== 'c')
      for (const one of gone) for (const other of free) expect(one.days).toBeGreaterThanOrEqual(other.days)
      const total = kept.reduce((sum, each) => sum + each.kib, 0)
      const youngest = gone.toSorted((one, other) => one.days - other.days)[0]
      expect({
        old: days > 0 ? free.filter((each) => each.days > days) : [],
        over: kib > 0 && free.length > 0 && total > kib,
        // With the youngest of those that are gone it would be over a limit.
        needless: youngest && !(days > 0 && youngest.days >= days) && total + youngest.kib <= kib,
      }).toEqual({ old: [], over: false, needless: youngest && false })
    }),
    { numRuns: 40 },
  )
})
