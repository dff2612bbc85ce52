import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'csv-parse/sync'
import { createComparer } from '../../src/checks/index.ts'
import { systemClock } from '../../src/cli/system-clock.ts'
import type { Views } from '../../src/domain/query.ts'
import { createCheckLines } from '../../src/engine/index.ts'
import { openSnapshot } from '../../src/store/index.ts'
import { inProcess } from '../cli/in-process.ts'
import type { Bench } from '../support/engine.ts'
import { harvest, openHarvest } from './harvest.ts'

let bench: Bench
const zafra = (...args: string[]) => inProcess(args, { cwd: bench.config.workspace })

beforeAll(async () => {
  bench = await openHarvest({
    'Nov26_01-1': 'list 100 0',
    'Nov26_02-1': 'list 95 7',
    'Nov26_03-1': 'list 40 7',
  })
  for (const batch of ['Nov26_01', 'Nov26_02', 'Nov26_03']) await harvest(bench, batch)
  await bench.engine.close()
})

afterAll(() => bench.close())

describe('zafra check', () => {
  test('ends with 0 where nothing is in doubt', async () => {
    expect(await zafra('check', 'Nov26_02')).toMatchObject({
      status: 0,
      stdout: '',
      stderr:
        'Nov26_02: 2 outputs delivered, of which 0 suspect and 0 taken by the operator; 0 attempts refused\n',
    })
  })

  test('names what is in doubt in the latest batch, and ends with 1', async () => {
    const { status, stdout } = await zafra('check')
    expect(status).toBe(1)
    expect(stdout.split('\n').slice(1)).toEqual([
      '5\t1\tInm24 Zap Ven Cas\tsuspect\trows\t40 rows; the median of the last 2 is 97.5',
      '',
    ])
    const { stdout: json } = await zafra('check', 'Nov26_03', '--json')
    expect(JSON.parse(json)).toMatchObject({
      batch_id: 'Nov26_03',
      counts: { completed: 1, suspect: 1 },
      doubts: [{ task_id: 5, verdict: 'suspect' }],
    })
  })

  test('refuses a batch that is not there', async () => {
    expect((await zafra('check', 'Ene99_01')).stderr).toContain('there is no batch Ene99_01')
  })
})

test('zafra task shows the verdict and its reasons', async () => {
  const { stdout } = await zafra('task', '5')
  expect(stdout).toContain('1\tsuspect\trows\t40 rows; the median of the last 2 is 97.5')
})

describe('zafra diff', () => {
  test('counts per combination and in sum', async () => {
    const { stdout, status } = await zafra('diff', 'Nov26_01', 'Nov26_02')
    expect(status).toBe(0)
    expect(stdout.split('\n')).toEqual([
      'scraper_name\twebsite\tcity\toperation\tproduct\tvariant\tbefore\tafter\tnew\tgone\tunseen\tback\tup\tdown\tcurrency\tprices\toutcome\tnote',
      'inm24\tInm24\tZap\tVen\tCas\t1\t100\t95\t0\t0\t5\t0\t95\t0\t0\tlists\tcompared\t',
      'sum\t\t\t\t\t\t100\t95\t0\t0\t5\t0\t95\t0\t0\t\t\t',
      '',
    ])
  })

  test('lists what became dearer, as CSV', async () => {
    const { stdout } = await zafra('diff', 'Nov26_01', 'Nov26_02', '--listings', 'up', '--csv')
    const rows = parse(stdout, { columns: true }) as Record<string, string>[]
    expect(rows).toHaveLength(95)
    expect(rows[0]).toMatchObject({ kind: 'up', id: '0', price_before: '2000000', price_after: '2000007' })
    const { stdout: few } = await zafra(
      'diff',
      'Nov26_01',
      'Nov26_02',
      '--listings',
      'up',
      '--search',
      'mx/9 variant:1',
    )
    // 9 and 90 to 94, under the line of names.
    expect(few.trim().split('\n')).toHaveLength(7)
  })

  test('names the sweeps that did not see a listing, as CSV', async () => {
    const { stdout } = await zafra('diff', 'Nov26_01', 'Nov26_02', '--listings', 'unseen', '--csv')
    const rows = parse(stdout, { columns: true }) as Record<string, string>[]
    expect(rows).toHaveLength(5)
    expect(rows[0]).toMatchObject({
      id: '95',
      evidence: expect.stringMatching(/^not seen by Nov26_02 .*; last seen by Nov26_01/) as string,
    })
  })

  test('is one document as JSON, and empty where the filter chooses nothing', async () => {
    const view = async (...more: string[]) =>
      JSON.parse((await zafra('diff', 'Nov26_01', 'Nov26_02', '--json', ...more)).stdout) as Views['diff']
    const { sum, listings } = await view('--listings', 'unseen')
    expect(sum).toMatchObject({ gone: 0, unseen: 5 })
    expect(listings?.listings.map(({ id }) => id)).toEqual(['95', '96', '97', '98', '99'])
    expect((await view('--site', 'CyT')).combinations).toEqual([])
  })
})

test('the digest of a batch has the same in few lines', async () => {
  const reads = await openSnapshot(bench.config.database.path, systemClock)
  try {
    const lines = createCheckLines({ config: bench.config, reads, comparer: createComparer() })
    expect(await lines.lines('Nov26_02')).toEqual({
      findings: [],
      diff: [
        'since Nov26_01: 5 not seen once, 95 dearer (100 → 95 listings)',
        'Inm24: 95 seen, 0 new, 0 gone, 5 not seen once',
      ],
    })
    expect(await lines.lines('Nov26_03')).toEqual({
      findings: ['suspect: Inm24 Zap Ven Cas (task 5): 40 rows; the median of the last 2 is 97.5'],
      diff: ['Inm24: 40 seen, 0 new, what is gone is not known'],
    })
    expect(await lines.lines('Nov26_01')).toEqual({ findings: [], diff: [] })
  } finally {
    await reads.close()
  }
})

test('status, batches and tasks tell of a suspect output, and status ends with 1', async () => {
  const status = await zafra('status')
  expect(status.status).toBe(1)
  expect(status.stderr).toContain('! Nov26_03: 1 output is suspect (Inm24 1)')
  expect(status.stderr).toContain('zafra accept --batch Nov26_03')
  expect(JSON.parse((await zafra('status', '--json')).stdout)).toMatchObject({
    batch: { outputs: { suspect: 1 } },
    sites: [{ site: 'Inm24', outputs: { suspect: 1 } }],
    alerts: [{ code: 'suspect' }],
  })
  const listed = JSON.parse((await zafra('batches', '--json')).stdout) as Views['batches']
  expect(listed.batches.map(({ outputs }) => outputs.suspect)).toEqual([1, 0, 0])
  const { stdout } = await zafra('tasks', '--check', 'suspect', '--json')
  expect(JSON.parse(stdout)).toMatchObject({ total: 1, tasks: [{ id: 5, output_check: 'suspect' }] })
})

test('zafra accept by a filter shows what it would take, and takes nothing where nobody answers', async () => {
  const { status, stderr } = await zafra('accept', '--batch', 'Nov26_03', '--site', 'Inm24')
  expect(status).toBe(2)
  expect(stderr).toContain('1 suspect output with 40 rows: Inm24 1')
  expect(stderr).toContain('rows: 1 output, as in task 5: 40 rows; the median of the last 2 is 97.5')
  expect(stderr).toContain('--yes')
  expect((await zafra('status')).status).toBe(1)
})

test('zafra accept takes a suspect output for good, once', async () => {
  expect(await zafra('accept', '5')).toMatchObject({ status: 0, stdout: '1 task accepted\n' })
  expect((await zafra('check', 'Nov26_03')).status).toBe(0)
  expect((await zafra('status')).status).toBe(0)
  const { status, stderr } = await zafra('accept', '5')
  expect(status).toBe(1)
  expect(stderr).toContain('task 5 not accepted: it has no suspect output that waits to be accepted')
  expect((await zafra('accept')).status).toBe(2)
})
