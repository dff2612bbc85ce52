import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { start, temporaryFolder, zafra, type Ended } from '../support/program.ts'
import { inProcess } from './in-process.ts'
import { HOSTILE, listRow, makeWorkspace } from './workspace.ts'

const folder = temporaryFolder()
const BATCH = /^[A-Z][a-z]{2}\d\d_01$/
let ran: Ended

const inWorkspace = (...args: string[]) => inProcess(args, { cwd: folder.path })

async function json(...args: string[]): Promise<unknown> {
  return JSON.parse((await inWorkspace(...args, '--json')).stdout)
}

beforeAll(async () => {
  makeWorkspace(folder.path, { cities: ['Guadalajara', 'Tonala', 'Zapopan'] })
  ran = await zafra(['run'], { cwd: folder.path })
})

afterAll(() => folder[Symbol.dispose]())

describe('zafra run, piped', () => {
  test('says what became of every task, sums up, and ends with 1 since one failed', () => {
    expect(ran.status).toBe(1)
    expect(ran.stdout).toMatch(/completed +\d+ {2}tiny CyT Gdl Ven Cas {2}2 rows/)
    expect(ran.stdout).toMatch(/permanently_failed +\d+ {2}tiny CyT Ton Ven Cas {2}attempt 1 of 2: config: /)
    expect(ran.stdout).toMatch(/completed in \d+s: 1 permanently_failed, 2 completed; 4 rows\n/)
    expect(ran.stdout).toContain(`Files: ${folder.path}/data`)
  })

  test('with no escape sequence, neither ours nor the scraper’s', () => {
    expect(ran.stdout + ran.stderr).not.toMatch(/[\u001b\u0007\r\u202e]/)
    expect(ran.stdout).toContain('config: rojo gol')
  })
})

describe('JSON has the database’s column names and raw values', () => {
  test('zafra tasks', async () => {
    const { total, tasks } = (await json('tasks')) as { total: number; tasks: Record<string, unknown>[] }
    expect(total).toBe(3)
    expect(tasks[1]).toMatchObject({
      scraper_name: 'tiny',
      website: 'CyT',
      city: 'Ton',
      status: 'permanently_failed',
      order_num: 2,
      error_class: 'config',
      execution_batch: expect.stringMatching(BATCH),
    })
    expect(tasks[1]?.['error_message']).toBe(HOSTILE.replace('\r', ' '))
  })

  test('zafra batches, zafra status', async () => {
    const { batches } = (await json('batches')) as { batches: Record<string, unknown>[] }
    expect(batches[0]).toMatchObject({
      batch_id: expect.stringMatching(BATCH),
      total_tasks: 3,
      completed_tasks: 2,
      failed_tasks: 1,
      status: 'completed',
    })
    expect(await json('status')).toMatchObject({
      engine: { state: 'idle' },
      batch: { counts: { completed: 2, permanently_failed: 1 }, rows: 4 },
      sites: [{ site: 'CyT', state: 'done' }],
    })
  })

  test('zafra task, zafra logs', async () => {
    expect(await json('task', '2')).toMatchObject({
      task: { id: 2, city: 'Ton' },
      attempts: [{ number: 1, outcome: 'failed', exit_code: 78, error_class: 'config' }],
    })
    const { attempt, lines } = (await json('logs', '2')) as {
      attempt: number
      lines: { stream: string; text: string }[]
    }
    expect(attempt).toBe(1)
    expect(lines).toContainEqual(expect.objectContaining({ stream: 'err', text: HOSTILE }))
  })

  test('zafra plan has the documented shape', async () => {
    const plan = (await json('plan')) as { tasks: object[] }
    expect(plan).toMatchObject({ rows: 3, planned: 3, duplicates: 0, rejected: 0, problems: [] })
    expect(Object.keys(plan)).toEqual([
      'rows',
      'planned',
      'duplicates',
      'rejected',
      'tasks',
      'problems',
      'absent_sites',
      'reaches',
      'split_faults',
    ])
    expect(plan.tasks[0]).toEqual({
      scraper_name: 'tiny',
      website: 'CyT',
      city: 'Gdl',
      operation: 'Ven',
      product: 'Cas',
      variant: 1,
      url: listRow('Guadalajara').split(',').at(-1),
      order_num: 1,
      output_path: expect.stringMatching(/CyT_Gdl_Ven_Cas_[A-Z][a-z]{2}\d\d_02\.csv$/),
      depends_on: null,
    })
  })

  test('errors too', async () => {
    const missing = await inWorkspace('task', '99', '--json')
    expect(missing.status).toBe(1)
    expect(JSON.parse(missing.stdout)).toEqual({
      error: { code: 'not_found', message: 'there is no task 99; zafra tasks lists them' },
    })
  })
})

describe('piped, facts are tab-separated lines', () => {
  test('with a header, which --no-header leaves out; foreign text is neutralised', async () => {
    const { stdout } = await inWorkspace('tasks', '--status', 'permanently_failed')
    const [header, line, ...rest] = stdout.split('\n')
    expect(header?.split('\t').slice(0, 3)).toEqual(['id', 'status', 'scraper_name'])
    expect(line?.split('\t')).toHaveLength(header?.split('\t').length ?? 0)
    expect(line?.split('\t').at(-1)).toBe('rojo gol')
    expect(rest).toEqual([''])
    const bare = await zafra(['tasks', '--status', 'permanently_failed', '--no-header'], { cwd: folder.path })
    expect(bare.stdout).toBe(`${line}\n`)
  })

  test('a log keeps its streams apart; --raw is what the scraper wrote, byte for byte', async () => {
    const shown = await inWorkspace('logs', '2')
    expect(shown.stdout).toMatch(/\tout\tbegin Ton\n/)
    expect(shown.stdout).toMatch(/\terr\trojo\^Mgol\n/)
    expect(shown.stdout).not.toContain('\u001b')
    const raw = await zafra(['logs', '2', '--stderr', '--raw'], { cwd: folder.path })
    expect(raw.stdout).toBe(`${HOSTILE}\n`)
  })

  test('following a log whose attempt is over ends at once', async () => {
    expect((await inWorkspace('logs', '1', '-f')).stdout).toContain('begin Gdl')
  })
})

test.each([
  [
    ['task', ''],
    ['1', '2', '3'],
  ],
  [['tasks', '--site', 'C'], ['CyT']],
])('completion of %j offers %j', async (words, offered) => {
  const { stdout } = await inWorkspace('--get-yargs-completions', 'zafra', ...words)
  expect(stdout).toBe(offered.map((word) => `${word}\n`).join(''))
})

test('a closed pipe ends the program without a word', async () => {
  const { ended, process: child } = start(['tasks'], { cwd: folder.path })
  child.stdout?.destroy()
  expect(await ended).toMatchObject({ status: 0, signal: null, stderr: '' })
})

describe('acting without a running engine', () => {
  test('retry starts nothing; resume then does it', async () => {
    const retried = await inWorkspace('retry', '--failed')
    expect(retried).toMatchObject({ status: 0, stdout: '1 task to be tried again\n' })
    expect(retried.stderr).toContain('zafra resume goes on with the batch')
    expect(await json('status')).toMatchObject({
      engine: { state: 'interrupted' },
      batch: { status: 'running' },
    })
    expect(await inWorkspace('run')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/batch \w+ is not finished: resume it or cancel it first/),
    })
    const resumed = await inWorkspace('resume')
    expect(resumed.status).toBe(1)
    expect(resumed.stdout).toMatch(/1 permanently_failed, 2 completed/)
  })

  test('what cannot be done is said, with the reason', async () => {
    const refused = await inWorkspace('retry', '1', '99', '--json')
    expect(refused.status).toBe(1)
    expect(JSON.parse(refused.stdout)).toEqual({
      changed: 0,
      refused: [
        { id: 1, reason: expect.stringContaining('it is completed') },
        { id: 99, reason: 'there is no such task' },
      ],
    })
  })

  test('a pause outlives the command', async () => {
    expect((await inWorkspace('pause', '--site', 'CyT')).stdout).toBe('CyT paused\n')
    expect(await json('status')).toMatchObject({ sites: [{ site: 'CyT', state: 'paused' }] })
    expect((await inWorkspace('unpause', '--site', 'CyT')).stdout).toBe('CyT goes on\n')
    expect(await inWorkspace('pause', '--site', 'Nope')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('there is no site Nope'),
    })
  })
})

describe('what keeps a workspace in order', () => {
  test('zafra doctor finds nothing here, and everything that is wrong elsewhere', async () => {
    const sound = await inWorkspace('doctor', '--no-header')
    expect(sound.status).toBe(0)
    expect(sound.stdout).toMatch(/^schedules\twarning\tno engine is there to act on twice-a-month, backup; /m)
    using sick = temporaryFolder()
    makeWorkspace(sick.path, { cities: ['Zapopan', 'Atlantis'] })
    const env = { ZAFRA_EXECUTION__MIN_FREE_DISK: '1000000000000000000', ZAFRA_SITES__CYT__SCRAPER: 'nobody' }
    const { status, stdout } = await inProcess(['doctor', '--json', '-w', sick.path], { env })
    expect(status).toBe(1)
    const { checks } = JSON.parse(stdout) as {
      checks: { check: string; fault: { warning?: true } | null }[]
    }
    expect(checks.filter(({ fault }) => fault && !fault.warning).map(({ check }) => check)).toEqual([
      'lists',
      'scrapers',
      'load',
    ])
  })

  test('zafra db status tells the version and what there is', async () => {
    const status = (await json('db', 'status')) as Record<string, unknown>
    expect(status['schema_version']).toBe(status['latest_version'])
    expect(status).toMatchObject({
      pending: [],
      tables: expect.arrayContaining([{ name: 'scraping_tasks', rows: 3 }]),
    })
  })

  test('zafra config show names the source of each value', async () => {
    const { config, sources } = (await json('config', 'show')) as {
      config: { execution: { max_attempts: number } }
      sources: Record<string, string>
    }
    expect(config.execution.max_attempts).toBe(2)
    expect(sources['execution.max_attempts']).toBe('zafra.yaml:2')
    expect(sources['locale']).toBe('default')
  })
})

test('an older batch is taken up again and summed up as itself', async () => {
  const another = await zafra(['run', '--city', 'Zap'], { cwd: folder.path })
  expect(another.stdout).toMatch(/_02 completed/)
  const [older] = ((await json('batches')) as { batches: { batch_id: string }[] }).batches.slice(-1)
  await inWorkspace('retry', '--failed', '--batch', older?.batch_id ?? '')
  const resumed = await zafra(['resume', older?.batch_id ?? ''], { cwd: folder.path })
  expect(resumed).toMatchObject({ status: 1, stderr: '' })
  expect(resumed.stdout).toMatch(/_01 completed in .*: 1 permanently_failed, 2 completed/)
})

test('drain without an engine ends with 3', async () => {
  const { status, stderr } = await inWorkspace('drain')
  expect(status).toBe(3)
  expect(stderr).toContain('no engine runs in')
})
