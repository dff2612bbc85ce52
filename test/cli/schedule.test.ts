import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../support/program.ts'
import { inProcess } from './in-process.ts'
import { makeWorkspace } from './workspace.ts'

const folder = temporaryFolder()
const inWorkspace = (line: string) => inProcess(line.split(' '), { cwd: folder.path })
const json = async (line: string) => JSON.parse((await inWorkspace(`${line} --json`)).stdout) as unknown

beforeAll(() => {
  makeWorkspace(folder.path, { cities: ['Zapopan'] })
  writeFileSync(
    join(folder.path, 'zafra.yaml'),
    `
execution: { max_parallel: 2, max_attempts: 2, max_cpu: 100, max_memory: 100, min_free_disk: 0, grace: 1 }
time_zone: America/Mexico_City
sites:
  CyT: { scraper: tiny }
schedule:
  - { name: monthly, cron: 0 2 1 * *, filters: { site: CyT } }
  - { name: nightly, cron: 30 1 * * *, time_zone: Europe/Madrid, enabled: false }
`,
  )
})
afterAll(() => folder[Symbol.dispose]())

test('the rules in force, and that of the backups', async () => {
  expect((await inWorkspace('schedule list')).stdout.split('\n').map((line) => line.split('\t'))).toEqual([
    ['name', 'enabled', 'cron', 'time_zone', 'next', 'last_slot', 'decision', 'reason'],
    [
      'monthly',
      'true',
      '0 2 1 * *',
      'America/Mexico_City',
      expect.stringMatching(/-01 08:00:00$/),
      '',
      '',
      '',
    ],
    ['nightly', 'false', '30 1 * * *', 'Europe/Madrid', '', '', '', ''],
    ['backup', 'true', '30 3 * * *', 'America/Mexico_City', expect.stringMatching(/ 09:30:00$/), '', '', ''],
    [''],
  ])
  expect(await json('schedule list')).toMatchObject([
    { name: 'monthly', next: { length: 5 }, last: null, catch_up: 'once', overlap: 'skip' },
    { name: 'nightly', next: [] },
    { name: 'backup', next: { length: 5 } },
  ])
})

test('the next slots of all of them, also as their own clocks show them', async () => {
  const slots = (await json('schedule next --count 40')) as {
    slot: string
    local: string
    schedule: string
  }[]
  expect(slots).toHaveLength(40)
  expect(slots.map(({ slot }) => slot)).toEqual(slots.map(({ slot }) => slot).toSorted())
  const times = new Set(slots.map(({ local, schedule }) => `${schedule} ${local.slice(11)}`))
  expect(times).toEqual(new Set(['backup 03:30:00', 'monthly 02:00:00']))
})

test('one is enabled and disabled until further notice', async () => {
  expect(await inWorkspace('schedule enable nightly')).toMatchObject({
    status: 0,
    stdout: 'nightly is enabled\n',
  })
  expect(await json('schedule disable monthly')).toEqual({ enabled: false })
  expect(await json('schedule list')).toMatchObject([
    { enabled: false },
    { enabled: true },
    { enabled: true },
  ])
  await inWorkspace('schedule enable monthly')
})

describe('by hand', () => {
  test('a rule starts its batch, which is followed; the ledger says nothing of it', async () => {
    const ran = await inWorkspace('schedule run monthly')
    expect(ran).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/_01 completed in .*1 completed; 2 rows/),
    })
    expect(await json('schedule slots')).toEqual({ total: 0, slots: [] })
  })

  test('that of the backups makes one', async () => {
    expect(await json('schedule run backup')).toEqual({
      batch_id: null,
      reason: expect.stringMatching(/^backup .*orchestrator_backup_\d{8}_\d{6}\.db\.gz was made$/),
    })
  })
})

test.each([
  ['schedule run nothing', 1, 'there is no schedule nothing; zafra.yaml has: monthly, nightly, backup'],
  ['schedule next --count 0', 2, '--count is a whole number from 1 to 1000'],
  ['schedule slots --count many', 2, '--count is a whole number from 1 to 1000'],
  ['schedule', 2, 'say what to do'],
])('zafra %s: exit status %d, and says why', async (line, status, message) => {
  const refused = await inWorkspace(line)
  expect(refused).toMatchObject({ status, stderr: expect.stringContaining(message) })
})

test.each([
  ['schedule ', ['list', 'next', 'slots', 'run', 'enable', 'disable']],
  ['schedule enable ', ['monthly', 'nightly', 'backup']],
  ['schedule run n', ['nightly']],
  ['schedule list ', []],
])('completion of "%s" offers %j', async (line, offered) => {
  const { stdout } = await inWorkspace(`--get-yargs-completions ${line}`)
  expect(stdout.split('\n').filter((word) => word !== '')).toEqual(offered)
})

test('doctor finds a rule that would start nothing', async () => {
  using sick = temporaryFolder()
  makeWorkspace(sick.path, { cities: ['Zapopan'] })
  writeFileSync(
    join(sick.path, 'zafra.yaml'),
    'sites: { CyT: { scraper: tiny } }\nschedule: [{ name: lost, cron: 0 2 * * *, filters: { site: Mit } }]\n',
  )
  const { status, stdout } = await inProcess(['doctor', '--no-header'], { cwd: sick.path })
  expect(status).toBe(1)
  expect(stdout).toMatch(/^schedules\tfault\tschedule lost would start a batch without a task; /m)
})
