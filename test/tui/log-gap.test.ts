import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lineStart, tailFolder } from '../../src/runner/log-format.ts'
import { LogWriter } from '../../src/runner/log-writer.ts'
import { testClock } from '../support/clock.ts'
import { LogEngine } from '../support/log-engine.ts'
import { HEIGHT, openTail } from '../support/log-tail.ts'
import { overview } from '../support/overview.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zafra-gap-'))
  await mkdir(join(folder, 'Sep26_01'))
  path = join(folder, 'Sep26_01', '1-1.log')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const GAP = /─── .* cut out: logs\.max_bytes_per_att/

/** A log whose middle the cap dropped. The bytes of some lines are no UTF-8. */
async function writeCapped(): Promise<void> {
  const writer = new LogWriter(path, 100_000, testClock(), () => {})
  for (let at = 0; at < 20_000; at += 1) {
    writer.line(at % 50 === 0 ? 'err' : 'out', Buffer.from(`line ${at} \xff\xfe`, 'latin1'))
    // However slow the disk is, the files are then cut at the same places.
    if (at % 200 === 0) while (!newest().includes(`line ${at} `)) await new Promise(setImmediate)
  }
  await writer.close()
}

/** What the newest file of the log holds. */
function newest(): string {
  const folderOfTail = tailFolder(path)
  const starts = existsSync(folderOfTail) ? readdirSync(folderOfTail).map(Number) : []
  const file = starts.length > 0 ? join(folderOfTail, String(Math.max(...starts))) : path
  return existsSync(file) ? readFileSync(file, 'latin1') : ''
}

test.each([
  ['from the end back', 'end', -HEIGHT],
  ['from the beginning on', 'start', HEIGHT],
] as const)('what the cap dropped is marked once, at its place: %s', async (_, end, step) => {
  await writeCapped()
  const { tail, rows, view, rest } = await openTail(new LogEngine(overview(), path))
  for (const choice of [{}, { stream: 'err' as const }]) {
    await tail.choose(choice)
    await tail.goTo(end)
    const walked: string[] = rows()
    // The end is where nothing moves any more, also when all that was asked has been answered.
    for (let still = 0; still < 3;) {
      const before = rows().join('\n')
      await tail.scroll(step)
      await rest()
      still = rows().join('\n') === before ? still + 1 : 0
      if (still === 0) walked.push(...rows())
    }
    const places = walked.flatMap((row, at) => (GAP.test(row) ? [[walked[at - 1], walked[at + 1]]] : []))
    expect(places.length).toBeGreaterThan(0)
    const gaps = view().lines.filter(({ gap }) => gap > 0)
    expect(gaps.length).toBeLessThanOrEqual(1)
  }
})

/** A log with so many lines before the cut and behind it. */
async function writeCut(before: number, behind: number): Promise<void> {
  const at = new Date('2026-09-01T08:00:00.000Z')
  const some = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => `${lineStart(at, 'out', false)}line ${from + index}\n`).join(
      '',
    )
  await mkdir(tailFolder(path))
  await writeFile(path, some(0, before))
  await writeFile(join(tailFolder(path), '1000000'), some(before, behind))
}

test.each([
  ['back, of just what is behind it', [700, 500], 'end', -HEIGHT],
  ['back, of all but a line behind it', [700, 501], 'end', -HEIGHT],
  ['back, of a line before it too', [700, 499], 'end', -HEIGHT],
  ['on, of just what is before it', [500, 700], 'start', HEIGHT],
  ['on, of all but a line before it', [501, 700], 'start', HEIGHT],
  ['on, of a line behind it too', [499, 700], 'start', HEIGHT],
] as const)(
  'the cut is seen once on the way past it, where pages are read %s',
  async (_, sizes, end, step) => {
    const [before, behind] = sizes
    await writeCut(before, behind)
    const { tail, rows, seen } = await openTail(new LogEngine(overview(), path))
    await tail.goTo(end)
    const walked = new Map<string, string[]>()
    for (let last = ''; last !== rows().join('\n');) {
      last = rows().join('\n')
      const shown = seen()
      rows().forEach((row, at) => {
        if (GAP.test(row)) walked.set(row, [shown[at - 1] ?? '', shown[at + 1] ?? ''])
      })
      await tail.scroll(step)
    }
    const [marked] = walked.values()
    expect(walked.size).toBe(1)
    const around = [`line ${before - 1}`, `line ${before}`]
    expect(marked?.every((text, at) => text === '' || text === around[at])).toBe(true)
  },
)

test.each<[[number, number], { wrap?: boolean }]>([
  [[500, 700], {}],
  [[5, 700], {}],
  [[700, 3], {}],
  [[500, 700], { wrap: true }],
])('the cut before the first line shown stays in sight whatever is shown: %o %o', async (sizes, look) => {
  await writeCut(...sizes)
  const { tail, rows } = await openTail(new LogEngine(overview(), path))
  await tail.dress(look)
  await tail.goTo('start')
  for (let pages = 0; pages < 200 && !rows().some((row) => GAP.test(row)); pages += 1)
    await tail.scroll(HEIGHT)
  await tail.scroll(rows().findIndex((row) => GAP.test(row)))
  const before = rows()
  for (const choice of [{ stream: 'out' as const }, { stream: undefined }]) {
    await tail.choose(choice)
    expect(rows()).toEqual(before)
  }
})

test('the way back leads to the first line, also where the lines are long', async () => {
  const start = lineStart(new Date('2026-09-01T08:00:00.000Z'), 'out', false)
  const lines = Array.from({ length: 100 }, (_, at) => `${start}line ${at} ${'x'.repeat(60_000)}\n`)
  await writeFile(path, lines.join(''))
  const { tail, seen } = await openTail(new LogEngine(overview(), path))
  await tail.scroll(-200)
  expect(seen()[0]).toMatch(/^line 0 x/)
})

test('the marker stands between the last line before the cut and the first after it', async () => {
  await writeCapped()
  const { tail, view } = await openTail(new LogEngine(overview(), path))
  await tail.goTo('start')
  while (!view().lines.some(({ gap }) => gap > 0)) await tail.scroll(400)
  const numbers = view().lines.map(({ text }) => Number(/line (\d+)/.exec(text)?.[1]))
  const at = view().lines.findIndex(({ gap }) => gap > 0)
  const jumps = numbers.flatMap((number, index) =>
    index > 0 && number !== (numbers[index - 1] ?? 0) + 1 ? [index] : [],
  )
  expect(jumps).toEqual([at])
  expect(view().lines[at]?.gap).toBeGreaterThan(100_000)
})

test.each([{}, { stream: 'err' as const }, { errors: true }])(
  'a log that retention removed says so, whatever is shown: %o',
  async (choice) => {
    const record = { at: '2026-08-30T04:00:00.000Z', rule: 'age', logs: ['1-1.log'] }
    await writeFile(join(folder, 'Sep26_01', 'removed.jsonl'), `${JSON.stringify(record)}\n`)
    const { tail, seen, errors } = await openTail(new LogEngine(overview(), path))
    await tail.choose(choice)
    await tail.scroll(-5)
    expect(seen().join()).toContain('this log was removed by retention on 2026-08-3')
    expect(seen()).toHaveLength(1)
    expect(errors).toEqual([])
  },
)
