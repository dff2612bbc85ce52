import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { beforeEach, describe, expect, test } from 'vitest'
import { HOSTILE } from './workspace.ts'
import { inProcess } from './in-process.ts'
import { loggedWorkspace, type LoggedBatch } from './logged.ts'
import { makeFolder } from '../store/support.ts'

const BATCHES: LoggedBatch[] = [
  {
    batch_id: 'Sep25_01',
    day: '2025-09-01',
    tasks: [[[{ at: '09:00:00', text: 'page 1: HTTP 500' }]]],
  },
  {
    batch_id: 'Sep25_02',
    day: '2025-09-16',
    running: true,
    tasks: [
      [
        [
          { at: '09:00:00', text: 'begin' },
          { at: '09:00:01', text: 'page 1' },
          { at: '09:00:02', text: 'page 2: HTTP 503' },
          { at: '09:00:03', stream: 'err', text: `wall ${HOSTILE}` },
          { at: '09:00:04', text: 'end' },
        ],
        [{ at: '10:00:00', text: 'page 1: http 500' }],
      ],
      [[{ at: '09:30:00', text: '=cmd|calc' }]],
    ],
  },
]

let folder: string
beforeEach(async () => {
  folder = await makeFolder()
  await loggedWorkspace(folder, BATCHES)
})

const logs = (args: readonly string[], terminal = false) =>
  inProcess(['logs', ...args, '-w', folder], { env: { NO_COLOR: '1' }, terminal })
const grepped = async (...args: string[]) =>
  (await logs(['grep', ...args, '--no-header'])).stdout.trimEnd().split('\n')

describe('logs ID', () => {
  test('is still the log of one task', async () => {
    const { status, stdout } = await logs(['3'])
    expect([status, stdout]).toEqual([0, '2025-09-16T09:30:00.000Z\tout\t=cmd|calc\n'])
  })

  test('says that retention removed it, and fails at nothing', async () => {
    writeFileSync(join(folder, 'zafra.yaml'), 'logs: { retention: 1d }\n')
    utimesSync(join(folder, 'logs/Sep25_01/1-1.log'), 0, 0)
    const dry = await logs(['prune', '--dry-run', '--json'])
    expect(JSON.parse(dry.stdout)).toEqual({
      removed: false,
      pruned: [{ batch_id: 'Sep25_01', rule: 'age', logs: 1, bytes: 47 }],
    })
    expect((await logs(['1'])).stdout).toContain('HTTP 500')
    expect((await logs(['prune'])).stdout).toContain('Sep25_01\tage\t1\t47')
    const { status, stdout, stderr } = await logs(['1', '--raw'])
    expect([status, stdout]).toEqual([0, ''])
    expect(stderr).toMatch(/^this log was removed by retention on \d{4}-\d\d-\d\d: it was older/)
    expect(JSON.parse((await logs(['1', '--json'])).stdout)).toMatchObject({
      removed_at: expect.any(String) as string,
      lines: [],
    })
  })

  test('the logs of an unfinished batch stay, however old', async () => {
    writeFileSync(join(folder, 'zafra.yaml'), 'logs: { retention: 1d, retention_bytes: 1 }\n')
    utimesSync(join(folder, 'logs/Sep25_02/2-1.log'), 0, 0)
    await logs(['prune'])
    expect(existsSync(join(folder, 'logs/Sep25_02/2-1.log'))).toBe(true)
    expect(existsSync(join(folder, 'logs/Sep25_01/1-1.log'))).toBe(false)
  })
})

describe('logs grep', () => {
  test('finds lines in the running batch, each with whose it is', async () => {
    expect(await grepped('HTTP 5\\d\\d')).toEqual([
      '2025-09-16T09:00:02.000Z\tSep25_02\t2\t1\tout\tpage 2: HTTP 503',
    ])
  })

  test.each([
    [
      ['-i', 'HTTP 5'],
      ['page 2: HTTP 503', 'page 1: http 500'],
    ],
    [['HTTP 5', '--batch', 'Sep25_01'], ['page 1: HTTP 500']],
    [
      ['HTTP 5', '--since', '2025-09-01'],
      ['page 1: HTTP 500', 'page 2: HTTP 503'],
    ],
    [
      ['-i', 'http', '--since', '2025-09-16T09:00:03Z', '--until', '2025-09-16T10:00:01Z'],
      ['page 1: http 500'],
    ],
    [['.', '--since', '2025-09-16T09:00:01Z', '--until', '2025-09-16T09:00:02Z'], ['page 1']],
    [['-F', '=cmd|'], ['=cmd|calc']],
    [['.', '--stderr'], ['wall ^M'.replace('^M', 'rojo^Mgol')]],
    [['1$'], ['page 1']],
  ])('%j', async (args, expected) => {
    const rows = await grepped(...args)
    expect(rows.map((row) => row.split('\t').at(-1))).toEqual(expected)
  })

  test('with lines around, piped and on a terminal', async () => {
    const piped = await grepped('-C', '1', 'begin|end')
    expect(piped.map((row) => [row.split('\t')[0], row.split('\t').at(-1)])).toEqual([
      ['1', 'begin'],
      ['0', 'page 1'],
      ['0', expect.stringContaining('wall')],
      ['1', 'end'],
    ])
    const { stdout } = await logs(['grep', '-C', '1', 'begin|end'], true)
    expect(stdout.split('\n').map((line) => line.trim().split(/ {2,}/).at(-1))).toEqual([
      'begin',
      'page 1',
      '--',
      'wall rojo^Mgol',
      'end',
      '',
    ])
  })

  test('as one JSON document, the text as it came', async () => {
    const { stdout } = await logs(['grep', 'wall', '--json'])
    expect(stdout).not.toContain('\u202e')
    expect(JSON.parse(stdout)).toEqual({
      lines: [
        {
          at: '2025-09-16T09:00:03.000Z',
          batch_id: 'Sep25_02',
          task_id: 2,
          attempt: 1,
          stream: 'err',
          text: `wall ${HOSTILE}`,
          continued: false,
        },
      ],
      matches: 1,
    })
  })

  test('is one JSON document also where there is nothing, and where it cannot search', async () => {
    expect(JSON.parse((await logs(['grep', 'nothing', '--json'])).stdout)).toEqual({ lines: [], matches: 0 })
    const { stdout } = await logs(['grep', 'a', '--batch', 'Ene99_01', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'not_found' } })
  })

  test('exits with 1 where there is nothing, 2 for a pattern that is none', async () => {
    expect((await logs(['grep', 'no such thing'])).status).toBe(1)
    expect((await logs(['grep', 'a', '--batch', 'Ene99_01'])).status).toBe(1)
    const broken = await logs(['grep', '('])
    expect([broken.status, broken.stderr]).toEqual([2, expect.stringContaining('-F takes it as it is')])
  })
})

describe('logs export', () => {
  const file = () => join(folder, 'out')

  test('writes every line once and ends with a count', async () => {
    const { status, stdout, stderr } = await logs(['export', '-o', file()])
    expect([status, stdout]).toEqual([0, ''])
    expect(stderr).toMatch(/^7 lines of 3 logs to .*out, 0\.0 MB\n$/)
    const rows = readFileSync(file(), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { text: string })
    expect(rows.map(({ text }) => text)).toEqual(BATCHES[1]?.tasks.flat(2).map(({ text }) => text))
    expect(rows[5]).toEqual({
      at: '2025-09-16T10:00:00.000Z',
      batch_id: 'Sep25_02',
      task_id: 2,
      attempt: 2,
      stream: 'out',
      text: 'page 1: http 500',
      continued: false,
    })
  })

  test('as CSV formulas are text, and nothing else changes', async () => {
    await logs(['export', '--format', 'csv', '--gzip', '-o', file()])
    const rows = parse(gunzipSync(readFileSync(file())), { columns: true, relax_quotes: true }) as {
      text: string
    }[]
    expect(rows.map(({ text }) => text)).toContain("'=cmd|calc")
    expect(rows.map(({ text }) => text)).toContain(`wall ${HOSTILE}`)
  })

  test('to standard output by default; a terminal gets nothing it would act on, and no bytes', async () => {
    for (const format of ['jsonl', 'csv', 'txt']) {
      const { stdout } = await logs(['export', '--format', format], true)
      expect(stdout).toContain('page 2: HTTP 503')
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    }
    expect((await logs(['export', '--gzip'], true)).status).toBe(2)
    const piped = await inProcess(['logs', 'export', '-w', folder, '--format', 'txt'])
    expect(piped.stdout.split('\n')[0]).toBe('2025-09-16T09:00:00.000Z\tSep25_02\t2\t1\tout\tbegin')
  })

  test('counts the logs that are no longer there', async () => {
    rmSync(join(folder, 'logs/Sep25_02/3-1.log'))
    const { stderr } = await logs(['export', '-o', file()])
    expect(stderr).toContain('1 log left out')
    expect(stderr).toContain('6 lines of 2 logs')
  })

  test('a disk that takes nothing, or a folder in the way: an error and no half file', async () => {
    writeFileSync(file(), 'before')
    mkdirSync(join(folder, 'full'))
    const nowhere = await logs(['export', '-o', join(folder, 'no/such/out')])
    expect(nowhere).toMatchObject({
      status: 5,
      stderr: expect.stringContaining('cannot be written') as string,
    })
    expect((await logs(['export', '-o', join(folder, 'full')])).status).toBe(2)
    expect((await logs(['export', '-o', '/dev/full'])).status).toBe(5)
    expect(readFileSync(file(), 'utf8')).toBe('before')
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})
