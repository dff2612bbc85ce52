import { DatabaseSync } from 'node:sqlite'
import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { checkDatabase } from '../../src/store/upkeep/check.ts'
import { openStore } from '../../src/store/index.ts'
import { makeFolder, newBatch, options, plannedList, standingClock } from './support.ts'

const NOW = standingClock().now()

/** A database of two completed tasks and one that waits; nobody has it open. */
async function makeDatabase(): Promise<string> {
  const folder = await makeFolder()
  const store = await openStore(options(folder))
  await store.insertBatch(newBatch(), plannedList(3), 3)
  const set = { status: 'completed' as const, data_records_extracted: 5 }
  await store.commit([1, 2].map((id) => ({ type: 'task', id, from: 'pending', set })))
  await store.close()
  return options(folder).path
}

async function faultsOf(path: string) {
  const checks = await checkDatabase(path, NOW)
  return Object.fromEntries(checks.map(({ check, faults }) => [check, faults]))
}

const SOUND = { file: [], integrity: [], references: [], counts: [] }

test('a sound database has no faults, also while its engine has it', async () => {
  expect(await faultsOf(await makeDatabase())).toEqual(SOUND)
  const folder = await makeFolder()
  const store = await openStore(options(folder))
  await store.insertBatch(newBatch(), plannedList(3), 3)
  expect(await faultsOf(options(folder).path)).toEqual(SOUND)
  await store.close()
})

const broken: [string, string, object][] = [
  [
    'a count that is not kept',
    "UPDATE task_counts SET tasks = 9, rows = 8 WHERE status = 'completed'",
    { counts: ['Sep25_01 CyT completed: 9 tasks and 8 rows are kept, 2 and 10 are there'] },
  ],
  [
    'a count that is gone',
    'DELETE FROM task_counts',
    {
      counts: [
        'Sep25_01 CyT completed: 0 tasks and 0 rows are kept, 2 and 10 are there',
        'Sep25_01 CyT pending: 0 tasks and 0 rows are kept, 1 and 0 are there',
      ],
    },
  ],
  [
    'a batch that counts wrong',
    'UPDATE execution_batches SET completed_tasks = 3, failed_tasks = 1',
    { counts: ['Sep25_01: 3 completed and 1 failed are kept, 2 and 0 are there'] },
  ],
  [
    'a task of no batch',
    "PRAGMA foreign_keys = OFF; UPDATE execution_batches SET batch_id = 'Oct25_01'",
    {
      references: [1, 2, 3].map(
        (row) => `row ${row} of scraping_tasks refers to nothing in execution_batches`,
      ),
    },
  ],
]

test.each(broken)('%s is found', async (_, edit, faults) => {
  const path = await makeDatabase()
  const database = new DatabaseSync(path)
  database.exec(edit)
  database.close()
  expect(await faultsOf(path)).toEqual({ ...SOUND, ...faults })
})

test('a batch some of whose tasks were cleaned away still says how it went', async () => {
  const path = await makeDatabase()
  const database = new DatabaseSync(path)
  database.exec('DELETE FROM scraping_tasks WHERE id = 1')
  database.close()
  expect(await faultsOf(path)).toEqual(SOUND)
})

test('a damaged file is named, and what replaces it is looked at', async () => {
  const path = await makeDatabase()
  await writeFile(path, 'garbage')
  expect(await faultsOf(path)).toMatchObject({
    ...SOUND,
    file: [expect.stringContaining('orchestrator.db is not a SQLite database')],
  })
})
