import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { start, temporaryFolder, zafra, type Started } from '../support/program.ts'
import { inProcess } from './in-process.ts'
import { makeWorkspace, RUNNING } from './workspace.ts'

const folder = temporaryFolder()
const backups = join(folder.path, 'backups')
const inWorkspace = (...args: string[]) => inProcess(args, { cwd: folder.path })
const json = async (...args: string[]) => JSON.parse((await inWorkspace(...args, '--json')).stdout) as unknown

beforeAll(async () => {
  makeWorkspace(folder.path, { cities: ['Guadalajara', 'Tonala', 'Zapopan'], waits: true })
})
afterAll(() => folder[Symbol.dispose]())

describe('while an engine runs', () => {
  let running: Started

  beforeAll(async () => {
    running = start(['run', '-v'], { cwd: folder.path })
    await running.says(RUNNING)
  })

  afterAll(async () => {
    writeFileSync(join(folder.path, 'go'), '')
    await running.ended
  })

  test('figures, checks, plans, queries and backups work', async () => {
    expect(await json('stats', 'active')).toMatchObject({
      batches: [{ total_tasks: 3 }],
      tasks: [{ scraper_name: 'tiny', city: 'Gdl' }],
    })
    expect(await inWorkspace('db', 'check')).toMatchObject({ status: 0 })
    expect(await json('db', 'backup')).toMatchObject({ removed: [], bytes: expect.any(Number) })
    expect(await json('db', 'status')).toMatchObject({
      last_backup: { path: expect.stringContaining(backups) },
    })
    expect((await inWorkspace('db', 'query', 'SELECT count(*) AS n FROM scraping_tasks')).stdout).toBe(
      'n\n3\n',
    )
    expect((await inWorkspace('db', 'explain', '--no-header')).stdout).toContain('idx_batch_progress')
    expect((await inWorkspace('db', 'maintain', '--dry-run')).stdout).toBe('batch_id\ttasks\tbatch\n')
  })

  test('what needs the workspace for itself says who has it, with exit status 4', async () => {
    const lines = ['db maintain', 'db restore any.gz', 'db migrate'].map((line) => line.split(' '))
    for (const { status, stderr } of await Promise.all(lines.map((line) => inWorkspace(...line)))) {
      expect(status).toBe(4)
      expect(stderr).toContain(`process ${running.process.pid} owns the workspace`)
    }
  })
})

describe('when it has ended', () => {
  test('there is a backup after the batch', () => {
    expect(readdirSync(backups).filter((name) => name.endsWith('.db.gz')).length).toBeGreaterThan(0)
  })

  test('permanently failed is failed, and what came from a page is neutralised', async () => {
    expect(await json('stats', 'scrapers')).toMatchObject([
      { scraper_name: 'tiny', total_executions: 3, successful: 2, failed: 1, success_rate: 66.67 },
    ])
    expect((await inWorkspace('stats', 'errors', '--no-header')).stdout).toMatch(
      /^1\ttiny\t[-\d: ]+\trojo gol\n$/,
    )
    expect((await inWorkspace('stats', 'trends')).stdout).toMatch(
      /^date\t.*\n\d{4}-\d\d-\d\d\t3\t2\t66.67\n$/,
    )
  })

  test('a query is a table, JSON or CSV', async () => {
    const sql = "SELECT city, '=1+1' AS x FROM scraping_tasks WHERE city = 'Gdl'"
    expect((await inWorkspace('db', 'query', sql)).stdout).toBe('city\tx\nGdl\t=1+1\n')
    expect(await json('db', 'query', sql)).toEqual([{ city: 'Gdl', x: '=1+1' }])
    expect((await inWorkspace('db', 'query', sql, '--csv')).stdout).toBe("city,x\nGdl,'=1+1\n")
  })

  test('maintenance and a restored backup leave a sound database', async () => {
    expect(await json('db', 'maintain')).toMatchObject({ deleted: [] })
    const [first] = readdirSync(backups).filter((name) => name.endsWith('.db.gz'))
    const restored = await inWorkspace('db', 'restore', join(backups, first ?? ''))
    expect(restored.stdout).toMatch(/is the database now\nWhat it replaced is kept in .*before_restore_/)
    expect(await inWorkspace('db', 'check')).toMatchObject({ status: 0 })
  })
})

test.each([
  [['db'], 'say what to do'],
  [['db', 'bakcup'], 'zafra db does not take "bakcup"; did you mean backup?'],
  [['db', 'query', 'DELETE FROM pauses'], 'it would write'],
  [['db', 'query', 'SELECT 1', '--csv', '--json'], 'mutually exclusive'],
  [['stats', 'colours'], 'Choices: "scrapers"'],
  [['stats', 'trends', '--days', '0'], '--days is a number'],
  [['stats', 'active', '--days', '7'], 'knows no --days'],
])('zafra %j: exit status 2, and says why', async (args, message) => {
  const { status, stdout, stderr } = await inWorkspace(...args)
  expect({ status, said: stdout + stderr }).toEqual({ status: 2, said: expect.stringContaining(message) })
})

test('the program itself: a workspace without a database has nothing to back up', async () => {
  using empty = temporaryFolder()
  mkdirSync(join(empty.path, 'urls'))
  writeFileSync(join(empty.path, 'zafra.yaml'), '')
  expect(await zafra(['db', 'backup'], { cwd: empty.path })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('there is no database'),
  })
})
