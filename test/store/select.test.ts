import { beforeAll, afterAll, expect, test } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type OpenStore } from '../../src/store/index.ts'
import { queryPlan, select } from '../../src/store/upkeep/select.ts'
import { newBatch, note, options, plannedList, standingClock } from './support.ts'

const NOW = standingClock().now()
let folder: string
let store: OpenStore

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zafra-select-'))
  store = await openStore(options(folder))
  await store.insertBatch(newBatch(), plannedList(2), 3)
  await store.commit([note(1, 'in the journal alone')])
})

afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const ask = (sql: string) => select(options(folder).path, sql, NOW)

test('a query sees what was acknowledged a moment ago', async () => {
  expect(await ask('SELECT id, error_message FROM scraping_tasks ORDER BY id DESC')).toEqual({
    columns: ['id', 'error_message'],
    rows: [
      [2, null],
      [1, 'in the journal alone'],
    ],
  })
})

test('columns are named even where no row is found; equal names are told apart; blobs are text', async () => {
  expect(await ask('SELECT id FROM scraping_tasks WHERE 0;')).toEqual({ columns: ['id'], rows: [] })
  expect(await ask("SELECT 1 AS a, 2 AS a, x'00ff' AS b")).toEqual({
    columns: ['a', 'a:2', 'b'],
    rows: [[1, 2, "x'00ff'"]],
  })
})

test.each([
  ['DELETE FROM scraping_tasks', 'it would write'],
  ['UPDATE scraping_tasks SET attempts = 0', 'it would write'],
  ['INSERT INTO pauses VALUES (1, 2, 3, 4, 5)', 'it would write'],
  ['WITH x AS (SELECT 1) DELETE FROM pauses', 'it would write'],
  ['DROP TABLE pauses', 'it would write'],
  ['CREATE TABLE t (a)', 'it would write'],
  ['VACUUM', 'it would write'],
  ['SELECT 1; DELETE FROM scraping_tasks', 'one statement at a time'],
  ["ATTACH '/etc/passwd' AS other", 'unable to open'],
  ["SELECT load_extension('x')", 'no such function'],
  ['SELEC 1', 'syntax error'],
  ['SELECT nix FROM scraping_tasks', 'no such column'],
  ['', 'Nothing to prepare'],
])('%s is refused', async (sql, why) => {
  await expect(ask(sql)).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(why) })
  expect((await ask('SELECT count(*) FROM scraping_tasks')).rows).toEqual([[2]])
})

test('what lifts the ban lifts it from a copy alone', async () => {
  await ask('PRAGMA query_only = OFF')
  await expect(ask('DELETE FROM scraping_tasks')).rejects.toMatchObject({ code: 'usage' })
})

test('a plan is SQLite’s', async () => {
  const plan = await queryPlan(
    options(folder).path,
    "SELECT * FROM scraping_tasks WHERE website = 'CyT'",
    NOW,
  )
  expect(plan).toEqual([expect.stringContaining('idx_tasks_website')])
})
