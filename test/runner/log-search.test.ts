import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readMessage } from '../../src/domain/log-message.ts'
import type { LogStream } from '../../src/domain/logs.ts'
import { fold } from '../../src/domain/search.ts'
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

async function write(lines: readonly Buffer[], cap: number, path = log): Promise<void> {
  const to = new LogWriter(path, cap, testClock(), () => {})
  for (const [at, line] of lines.entries()) {
    to.line(at % 3 === 2 ? 'err' : 'out', line)
    if (at % 20 === 19) await new Promise(setImmediate)
  }
  await to.close()
}

/** Every line that matches, and how many pieces it took. */
async function findAll(text: string, stream?: LogStream, from = 0, path = log) {
  const lines: number[] = []
  for (let [next, pieces] = [from, 1]; ; pieces++) {
    const piece = await reader.find(path, { text, from: next, ...(stream && { stream }) })
    lines.push(...piece.lines)
    if (piece.end) return { lines, pieces, next: piece.next }
    expect(piece.next).toBeGreaterThan(next)
    next = piece.next
  }
}

async function naive(text: string, stream?: LogStream, path = log): Promise<number[]> {
  const lines = await allLines(path, stream)
  return lines
    .filter(({ text: own }) =>
      [own, readMessage(own)?.text ?? ''].some(
        (said) => fold(text) !== '' && fold(said).includes(fold(text)),
      ),
    )
    .map(({ offset }) => offset)
}

test('finds what looking at every line finds, head and tail of the cap included, whatever the bytes', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'ERROR',
      'error',
      'página',
      'PÁGINA',
      'Zuñiga',
      'Zúniga',
      'pa\u0301gina',
      ' out: ',
      '2026',
      'x'.repeat(300),
      'İ',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  )
  const line = fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .array(piece, { maxLength: 4 })
        .map((parts) => Buffer.from(parts.join('').replaceAll('\n', ' '))),
    },
    fc
      .constantFrom(
        '{"scraper":1,"type":"state","value":"página"}',
        String.raw`{"scraper": 1, "type": "log", "message": "p\u00e1gina x"}`,
        '{"scraper":1,"type":"log","message":"err',
        'x {"scraper":1,"type":"state","value":1}',
      )
      .map((text) => Buffer.from(text)),
    fc
      .uint8Array({ maxLength: 40 })
      .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 10 ? 0xff : byte)))),
  )
  const text = fc.constantFrom(
    'error',
    'Pagina',
    'página',
    'zuñiga',
    'zuniga',
    'out:',
    '2026',
    'no such text',
    'checkpoint',
    'x',
    '\ufffd',
    'i',
  )
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 120 }),
      text,
      fc.constantFrom(undefined, 'out', 'err'),
      fc.constantFrom(2_000, 1_000_000),
      async (lines, wanted, stream, cap) => {
        const path = join(folder, 'Nov26_01', `${++run}-1.log`)
        await write(lines, cap, path)
        expect((await findAll(wanted, stream, 0, path)).lines).toEqual(await naive(wanted, stream, path))
      },
    ),
    { numRuns: 40 },
  )
})

test('a message is found by the words that it is shown in, as by what was written', async () => {
  const said = [
    'plain',
    '{"scraper":1,"type":"state","value":"page 7"}',
    String.raw`{"scraper": 1, "type": "log", "message": "se\u00f1al perdida"}`,
  ]
  await write(
    said.map((each) => Buffer.from(each)),
    1_000_000,
  )
  const [, checkpoint, log_line] = (await allLines(log)).map(({ offset }) => offset)
  expect((await findAll('checkpoint page')).lines).toEqual([checkpoint])
  expect((await findAll('señal')).lines).toEqual([log_line])
  expect((await findAll('"state"')).lines).toEqual([checkpoint])
})

test('goes on where it was left, also between two lines and in the middle of one', async () => {
  await write(
    ['one error', 'two', 'three error', 'four error'].map((each) => Buffer.from(each)),
    1_000_000,
  )
  const [first = 0, second = 0, third = 0] = await naive('error')
  expect((await findAll('error', undefined, first)).lines).toEqual([first, second, third])
  expect((await findAll('error', undefined, second)).lines).toEqual([second, third])
  expect((await findAll('error', undefined, second + 1)).lines).toEqual([third])
  const { next } = await findAll('error')
  expect((await findAll('error', undefined, next)).lines).toEqual([])
})

test('a line that is not ended yet is found once it is', async () => {
  mkdirSync(dirname(log), { recursive: true })
  const whole = '2026-11-24T05:00:00.000Z out: an error\n'
  writeFileSync(log, `${whole}2026-11-24T05:00:01.000Z out: half an err`)
  expect(await reader.find(log, { text: 'err', from: 0 })).toEqual({
    lines: [0],
    next: whole.length,
    end: true,
  })
  writeFileSync(log, `${whole}2026-11-24T05:00:01.000Z out: half an error\n`)
  expect(await reader.find(log, { text: 'err', from: whole.length })).toMatchObject({ lines: [whole.length] })
})

test('a large log is searched piece by piece, and what every line has is told in pieces too', async () => {
  mkdirSync(dirname(log), { recursive: true })
  const LINES = 300_000
  const line = (at: number) =>
    `2026-11-24T05:00:00.000Z out: ${at % 1000 === 7 ? 'Sin Anuncios' : 'página'} ${String(at).padStart(60, '.')}\n`
  writeFileSync(log, Array.from({ length: LINES }, (_, at) => line(at)).join(''))
  const rare = await findAll('sin anuncios')
  expect(rare.lines).toHaveLength(LINES / 1000)
  expect(rare.pieces).toBeGreaterThan(2)
  const often = await findAll('....')
  expect(often.lines).toHaveLength(LINES)
  expect(often.pieces).toBe(LINES / 10_000 + 1)
})

test('damage is passed over; nothing is nowhere; no log is told', async () => {
  mkdirSync(dirname(log), { recursive: true })
  const last = '2026-11-24T05:00:00.000Z out: error\n'
  writeFileSync(log, `${'\0'.repeat(3_000_000)}\n${last}`)
  expect((await findAll('error')).lines).toEqual([3_000_001])
  expect((await findAll('')).lines).toEqual([])
  await expect(reader.find(join(folder, 'none.log'), { text: 'x', from: 0 })).rejects.toMatchObject({
    code: 'not_found',
  })
})
