import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { databaseStatus, openSnapshot } from '../../src/store/index.ts'
import { Memory } from '../../src/store/memory.ts'
import { LATEST_VERSION, migrate } from '../../src/store/migrations.ts'
import { createdDatabase, documentDatabase, sqlUnder, statements } from './document.ts'
import { everyTask, makeFolder, newBatch, open, options, planned } from './support.ts'

const DOCUMENT_INDEXES = sqlUnder('Índices Principales').flatMap(statements)

/** Rows as the document's programs write them. */
const ROWS = `
  INSERT INTO execution_batches (batch_id, month_year, execution_number, started_at, completed_at, total_tasks, completed_tasks, failed_tasks, status)
  VALUES ('Ago25_01', 'Ago25', 1, '2025-08-01 02:00:00', '2025-08-01 04:00:00', 3, 2, 1, 'completed');
  INSERT INTO scraping_tasks (scraper_name, website, city, operation, product, url, order_num, status, attempts, created_at, started_at, completed_at, error_message, execution_batch, output_path)
  VALUES
    ('cyt', 'CyT', 'Gdl', 'Ven', 'Dep', 'https://e.com/1', 1, 'completed', 1, '2025-08-01 02:00:00', '2025-08-01 02:00:00', '2025-08-01 02:10:00', NULL, 'Ago25_01', 'data/1.csv'),
    ('cyt', 'CyT', 'Zap', 'Ven', 'Dep', 'https://e.com/2', 2, 'completed', 2, '2025-08-01 02:00:00', '2025-08-01 02:10:00', '2025-08-01 02:30:00', NULL, 'Ago25_01', NULL),
    ('lam', 'Lam', 'Gdl', 'Ren', 'Cas', 'https://e.com/3', 1, 'permanently_failed', 3, '2025-08-01 02:00:00', NULL, NULL, 'Página no válida', 'Ago25_01', 'data/3.csv');
`
const COLUMNS = `id, scraper_name, website, city, operation, product, url, order_num, status, attempts, max_attempts,
  created_at, started_at, completed_at, error_message, execution_batch, output_path`

const makers: [string, (path: string) => DatabaseSync][] = [
  ['version 1', (path) => documentDatabase(path, 1)],
  ['version 2', (path) => documentDatabase(path, 2)],
  ['version 3', (path) => documentDatabase(path, 3)],
  ['version 3, broken off', (path) => brokenOff(path)],
  ['its CREATE statements', (path) => createdDatabase(path, { indexes: [], fields: false })],
  [
    'its CREATE statements, some indexes',
    (path) => createdDatabase(path, { indexes: [0, 4, 7], fields: false }),
  ],
  [
    'its CREATE statements, all indexes and fields',
    (path) => createdDatabase(path, { indexes: [0, 1, 2, 3, 4, 5, 6, 7], fields: true }),
  ],
]

describe.each(makers)('a database made by the document at %s', (_, make) => {
  test('is copied, then upgraded in place with all its rows', async () => {
    const folder = await makeFolder()
    const path = join(folder, 'orchestrator.db')
    const old = make(path)
    old.exec(ROWS)
    const tasks = old.prepare(`SELECT ${COLUMNS} FROM scraping_tasks`).all()
    const batches = old
      .prepare(
        'SELECT batch_id, month_year, started_at, completed_at, total_tasks, completed_tasks, failed_tasks, status FROM execution_batches',
      )
      .all()
    old.close()
    const bytes = await readFile(path)

    const store = await open(folder)
    expect(store.notices).toEqual([expect.stringContaining('upgraded from schema')])
    const [copy = ''] = await readdir(join(folder, 'backups'))
    expect(await readFile(join(folder, 'backups', copy, 'orchestrator.db'))).toEqual(bytes)
    expect(await store.batch('Ago25_01')).toMatchObject({
      completed_tasks: 2,
      failed_tasks: 1,
      status: 'completed',
    })
    await store.insertBatch(newBatch(), [planned()], 3)
    await store.close()

    const now = new DatabaseSync(path, { readOnly: true })
    expect(
      now.prepare(`SELECT ${COLUMNS} FROM scraping_tasks WHERE execution_batch = 'Ago25_01'`).all(),
    ).toEqual(tasks)
    expect(
      now
        .prepare(
          "SELECT batch_id, month_year, started_at, completed_at, total_tasks, completed_tasks, failed_tasks, status FROM execution_batches WHERE batch_id = 'Ago25_01'",
        )
        .all(),
    ).toEqual(batches)
    expect(schemaOf(now)).toEqual(await schemaOfNewDatabase())
    expect(now.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
    now.close()
  })
})

test('a new database has every table, column, default and index of the document', async () => {
  const folder = await makeFolder()
  const document = documentDatabase(join(folder, 'document.db'), 3)
  await (await open(folder)).close()
  const ours = new DatabaseSync(join(folder, 'orchestrator.db'), { readOnly: true })
  for (const table of ['execution_batches', 'scraping_tasks', 'schema_migrations']) {
    const columns = document
      .prepare(`SELECT cid, name, type, "notnull", dflt_value, pk FROM pragma_table_info('${table}')`)
      .all()
    const kept = ours
      .prepare(`SELECT cid, name, type, "notnull", dflt_value, pk FROM pragma_table_info('${table}')`)
      .all()
    expect(kept.slice(0, columns.length)).toEqual(columns)
  }
  const indexes = ours
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index'")
    .all()
    .map((row) => String(row['sql']))
  expect(DOCUMENT_INDEXES).toHaveLength(8)
  for (const index of DOCUMENT_INDEXES) {
    expect(indexes).toContain(index.replaceAll(/--.*\n/g, '').trim())
  }
  expect(ours.prepare('SELECT version, description FROM schema_migrations LIMIT 3').all()).toEqual([
    { version: 1, description: 'Initial schema creation' },
    { version: 2, description: 'Performance indexes' },
    { version: 3, description: 'Additional metrics fields' },
  ])
  document.close()
  ours.close()
})

test('rows that break a constraint are mended, and what they held is kept', async () => {
  const folder = await makeFolder()
  const old = createdDatabase(join(folder, 'orchestrator.db'), { indexes: [], fields: false })
  const insert = old.prepare(
    `INSERT INTO scraping_tasks (scraper_name, website, city, operation, product, url, order_num, status, attempts, max_attempts, error_message, execution_batch, created_at)
     VALUES ('cyt', 'CyT', ?, 'Ven', 'Dep', 'u', 1, ?, ?, ?, ?, ?, '2025-08-02 00:00:00')`,
  )
  old.exec(
    "INSERT INTO execution_batches (batch_id, month_year, execution_number, status) VALUES ('Ago25_01', 'Ago25', 1, 'Paused')",
  )
  insert.run('Gdl', 'completed', 1, 3, null, 'Ago25_01')
  insert.run('Gdl', 'COMPLETED ', 1, 3, null, 'Ago25_01')
  insert.run('Zap', 'weird', 7, 3, 'boom', 'Ago25_01')
  insert.run('Tlaj', 'pending', null, null, null, 'Jul25_02')
  insert.run('Tlaj', 'retrying', -1, 3, null, null)
  old.close()

  const store = await open(folder)
  const [one, two, three, four, five] = await everyTask(store)
  expect([one, two]).toMatchObject([
    { variant: 1, status: 'completed' },
    { variant: 2, status: 'completed' },
  ])
  expect(three).toMatchObject({
    status: 'permanently_failed',
    attempts: 7,
    max_attempts: 7,
    error_message: 'boom',
  })
  expect(four).toMatchObject({ execution_batch: 'Jul25_02', attempts: 0, max_attempts: 3, status: 'pending' })
  expect(five).toMatchObject({
    execution_batch: 'Sin00_00',
    attempts: 0,
    status: 'retrying',
    retry_at: '2025-08-02 00:00:00',
  })
  expect(await store.batch('Ago25_01')).toMatchObject({
    status: 'cancelled',
    total_tasks: 3,
    completed_tasks: 2,
    failed_tasks: 1,
  })
  expect(await store.batch('Jul25_02')).toMatchObject({
    month_year: 'Jul25',
    execution_number: 2,
    total_tasks: 1,
    status: 'cancelled',
  })
  await store.close()

  const now = new DatabaseSync(join(folder, 'orchestrator.db'), { readOnly: true })
  const repairs = now
    .prepare(
      "SELECT row_id, column_name, original, repaired FROM upgrade_repairs WHERE table_name = 'scraping_tasks' AND row_id = 3",
    )
    .all()
  expect(repairs).toEqual([
    { row_id: 3, column_name: 'status', original: 'weird', repaired: 'permanently_failed' },
    { row_id: 3, column_name: 'max_attempts', original: '3', repaired: '7' },
  ])
  now.close()
})

test('what an older Zafra left pending behind a main task that gave nothing is skipped, with the reason', async () => {
  const folder = await makeFolder()
  const memory = new Memory()
  migrate(memory, 0, 10, '2025-09-01 00:00:00')
  memory.script(`
    INSERT INTO execution_batches (batch_id, month_year, execution_number, started_at, total_tasks, status) VALUES
      ('Sep25_01', 'Sep25', 1, '2025-09-01 00:00:00', 10, 'completed'), ('Sep25_02', 'Sep25', 2, '2025-09-16 00:00:00', 2, 'running')`)
  const insert = (
    id: number,
    batch: string,
    status: string,
    main: number | null,
    error: string | null = null,
  ) =>
    memory.run(
      `INSERT INTO scraping_tasks (id, scraper_name, website, city, operation, product, url, order_num, status, error_message, execution_batch, depends_on, ready, variant)
       VALUES (?, 's', 'Inm24', 'Gdl', 'Ven', 'Dep', 'u', 1, ?, ?, ?, ?, ?, ?)`,
      [id, status, error, batch, main, main === null ? 1 : 0, id],
    )
  insert(1, 'Sep25_01', 'permanently_failed', null, 'HTTP 500')
  insert(2, 'Sep25_01', 'pending', 1)
  insert(3, 'Sep25_01', 'cancelled', null)
  insert(4, 'Sep25_01', 'pending', 3)
  insert(5, 'Sep25_01', 'completed', null)
  insert(6, 'Sep25_01', 'pending', 5)
  insert(7, 'Sep25_01', 'failed', null)
  insert(8, 'Sep25_01', 'pending', 7)
  insert(9, 'Sep25_01', 'permanently_failed', null)
  insert(10, 'Sep25_01', 'completed', 9)
  insert(11, 'Sep25_02', 'retrying', null, 'HTTP 503')
  insert(12, 'Sep25_02', 'pending', 11)
  memory.run(`INSERT INTO task_attempts (task_id, number, tag, started_at, log_path, execution_batch)
    VALUES (1, 1, 't', '2025-09-01 00:00:00', 'l', 'Sep25_01')`)
  await writeFile(join(folder, 'orchestrator.db'), memory.export())
  memory.close()

  const store = await open(folder)
  const tasks = await everyTask(store)
  expect(tasks.map(({ id, status, error_message }) => [id, status, error_message])).toEqual([
    [1, 'permanently_failed', 'HTTP 500'],
    [2, 'skipped', 'its main task failed: HTTP 500'],
    [3, 'cancelled', null],
    [4, 'skipped', 'its main task was cancelled'],
    [5, 'completed', null],
    [6, 'skipped', 'the output of its main task is suspect, and not accepted'],
    [7, 'failed', null],
    [8, 'skipped', 'its main task failed'],
    [9, 'permanently_failed', null],
    [10, 'completed', null],
    [11, 'retrying', 'HTTP 503'],
    [12, 'pending', null],
  ])
  expect(await store.batch('Sep25_01')).toMatchObject({ completed_tasks: 2, failed_tasks: 6 })
  expect((await store.siteCounts('Sep25_01'))[0]?.counts).toMatchObject({ skipped: 4, pending: 0 })
  expect(await store.attempts(1)).toHaveLength(1)
  await store.insertBatch(newBatch({ batch_id: 'Oct25_01' }), [planned()], 3)
  expect((await everyTask(store)).at(-1)?.id).toBe(13)
  await store.close()
})

test('no row of any document database is lost, and all keep every rule', async () => {
  const status = fc.constantFrom(
    'pending',
    'running',
    'completed',
    'failed',
    'retrying',
    'permanently_failed',
    'Done',
    '',
  )
  const row = fc.record({
    city: fc.constantFrom('Gdl', 'Zap'),
    status,
    attempts: fc.option(fc.integer({ min: -1, max: 5 })),
    batch: fc.option(fc.constantFrom('Ago25_01', 'Sep25_01', 'sin guion', '')),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 12 }), status, async (rows, batchStatus) => {
      const folder = await makeFolder()
      const old = documentDatabase(join(folder, 'orchestrator.db'), 2)
      old
        .prepare(
          "INSERT INTO execution_batches (batch_id, month_year, execution_number, status) VALUES ('Ago25_01', 'Ago25', 1, ?)",
        )
        .run(batchStatus)
      const insert = old.prepare(
        "INSERT INTO scraping_tasks (scraper_name, website, city, operation, product, url, order_num, status, attempts, execution_batch) VALUES ('c', 'C', ?, 'V', 'D', 'u', 1, ?, ?, ?)",
      )
      for (const { city, status: own, attempts, batch } of rows) insert.run(city, own, attempts, batch)
      old.close()
      const store = await open(folder)
      expect(await everyTask(store)).toHaveLength(rows.length)
      await store.close()
      const now = new DatabaseSync(join(folder, 'orchestrator.db'), { readOnly: true })
      expect(now.prepare('PRAGMA foreign_key_check').all()).toEqual([])
      expect(now.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
      now.close()
    }),
    { numRuns: 8 },
  )
})

test('what the document’s programs left in a write-ahead log is taken over', async () => {
  const folder = await makeFolder()
  const path = join(folder, 'orchestrator.db')
  const writer = documentDatabase(join(folder, 'source.db'), 3)
  writer.exec('PRAGMA journal_mode = WAL')
  writer.exec(ROWS)
  // Copied while open, as a crash leaves them: the rows are in the log alone.
  await writeFile(path, await readFile(join(folder, 'source.db')))
  await writeFile(`${path}-wal`, await readFile(join(folder, 'source.db-wal')))
  writer.close()
  expect(await everyTask(await open(folder))).toHaveLength(3)
})

test('ids of rows that are gone are not given again', async () => {
  const folder = await makeFolder()
  const old = documentDatabase(join(folder, 'orchestrator.db'), 3)
  old.exec(`${ROWS} DELETE FROM scraping_tasks; DELETE FROM execution_batches`)
  old.close()
  const store = await open(folder)
  expect((await store.insertBatch(newBatch(), [planned()], 3)).id).toBe(2)
  expect((await everyTask(store))[0]?.id).toBe(4)
})

test.each([
  ['its version table', "INSERT INTO schema_migrations (version, description) VALUES (99, 'of tomorrow')"],
  ['the file header', 'PRAGMA user_version = 99'],
])('a newer database, as %s says, is refused untouched', async (_, sql) => {
  const folder = await makeFolder()
  const path = join(folder, 'orchestrator.db')
  const newer = documentDatabase(path, 3)
  newer.exec(sql)
  newer.close()
  const bytes = await readFile(path)
  await expect(open(folder)).rejects.toMatchObject({
    code: 'database',
    message: expect.stringContaining('newer Zafra'),
  })
  await expect(openSnapshot(path, options(folder).clock)).rejects.toMatchObject({ code: 'database' })
  expect(await readFile(path)).toEqual(bytes)
  expect(await readdir(folder)).toEqual(['orchestrator.db'])
})

test('the database of another program is refused untouched', async () => {
  const folder = await makeFolder()
  const path = join(folder, 'orchestrator.db')
  const other = new DatabaseSync(path)
  other.exec('CREATE TABLE places (url TEXT)')
  other.close()
  await expect(open(folder)).rejects.toMatchObject({
    code: 'database',
    message: expect.stringContaining('another program'),
  })
  expect(await readdir(folder)).toEqual(['orchestrator.db'])
})

test('the status of a database that waits for its upgrade, and a read of it, change nothing', async () => {
  const folder = await makeFolder()
  const path = join(folder, 'orchestrator.db')
  const old = documentDatabase(path, 2)
  old.exec(ROWS)
  old.close()
  const bytes = await readFile(path)
  const { clock } = options(folder)
  const status = await databaseStatus(path, clock.now())
  expect(status).toMatchObject({
    schema_version: 2,
    latest_version: LATEST_VERSION,
    file_bytes: bytes.length,
    journal_bytes: 0,
  })
  expect(status.pending.map(({ version }) => version)).toEqual(
    Array.from({ length: LATEST_VERSION - 2 }, (_, index) => index + 3),
  )
  expect(status.tables).toContainEqual({ name: 'scraping_tasks', rows: 3 })
  const reads = await openSnapshot(path, clock)
  expect(await everyTask(reads)).toHaveLength(3)
  await reads.close()
  expect(await readFile(path)).toEqual(bytes)
})

test('a damaged file of an older program is refused, whichever of its pages is zeroed, and left as it is', async () => {
  const folder = await makeFolder()
  const path = join(folder, 'orchestrator.db')
  const old = documentDatabase(path, 3)
  old.exec(ROWS)
  old.close()
  const whole = await readFile(path)
  expect(whole.length / 4096).toBeGreaterThan(5)
  for (let page = 0; page < whole.length / 4096; page++) {
    const damaged = Buffer.from(whole).fill(0, page * 4096, (page + 1) * 4096)
    await writeFile(path, damaged)
    await expect(open(folder), `page ${page}`).rejects.toMatchObject({ code: 'database' })
    expect(await readFile(path)).toEqual(damaged)
  }
})

/** The script writes the version row first and commits each statement: this is one that died in between. */
function brokenOff(path: string): DatabaseSync {
  const database = documentDatabase(path, 2)
  const [row = '', first = ''] = sqlUnder('Migración 003').flatMap(statements)
  database.exec(`${row}; ${first}`)
  return database
}

function schemaOf(database: DatabaseSync): unknown[] {
  return database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all()
}

async function schemaOfNewDatabase(): Promise<unknown[]> {
  const folder = await makeFolder()
  await (await open(folder)).close()
  const database = new DatabaseSync(join(folder, 'orchestrator.db'), { readOnly: true })
  const schema = schemaOf(database)
  database.close()
  return schema
}
