import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TASK_STATUSES, type TaskStatus } from '../../src/domain/task.ts'
import { openKysely } from '../../src/store/driver.ts'
import { Memory } from '../../src/store/memory.ts'
import { LATEST_VERSION, migrate } from '../../src/store/migrations.ts'
import { stats } from '../../src/store/queries/stats.ts'

const NOW = '2025-09-16 10:00:00'
const SPAN = { since: '2025-09-09 10:00:00', now: NOW }

interface Row {
  scraper_name: string
  status: TaskStatus
  attempts: number
  created_at: string
  minutes: number | null
  error_message: string | null
}

const EMPTY = (() => {
  const memory = new Memory()
  migrate(memory, 0, LATEST_VERSION, NOW)
  return memory.export()
})()

/** A database of one running batch with these tasks. */
function database(rows: readonly Row[]) {
  const memory = new Memory(EMPTY)
  memory.run(
    `INSERT INTO execution_batches (batch_id, month_year, execution_number, total_tasks, started_at)
     VALUES ('Sep25_01', 'Sep25', 1, ?, '2025-09-16 09:00:00')`,
    [rows.length],
  )
  for (const [at, row] of rows.entries()) {
    memory.run(
      `INSERT INTO scraping_tasks (id, scraper_name, website, city, operation, product, url, order_num, status,
         attempts, created_at, started_at, completed_at, error_message, execution_batch, variant)
       VALUES (?, ?, 'CyT', 'Gdl', 'Ven', 'Dep', 'u', ?, ?, ?, ?, '2025-09-16 09:00:00',
         strftime('%Y-%m-%d %H:%M:%S', '2025-09-16 09:00:00', ? || ' minutes'), ?, 'Sep25_01', ?)`,
      [
        // So far apart that they are counted in several pieces.
        1 + at * 1777,
        row.scraper_name,
        at,
        row.status,
        row.attempts,
        row.created_at,
        row.minutes,
        row.error_message,
        at,
      ],
    )
  }
  return openKysely(memory)
}

const task: fc.Arbitrary<Row> = fc.record({
  scraper_name: fc.constantFrom('cyt', 'inm24', 'lam'),
  status: fc.constantFrom(...TASK_STATUSES),
  attempts: fc.nat({ max: 3 }),
  created_at: fc.constantFrom('2025-09-09 09:59:59', '2025-09-09 10:00:00', '2025-09-15 23:59:59', NOW),
  minutes: fc.option(fc.nat({ max: 90 })),
  error_message: fc.option(fc.constantFrom('HTTP 404', 'HTTP 503', '\u001b[31mrojo')),
})

const percent = (part: number, whole: number) => Math.round((part * 10_000) / whole) / 100
/** As a number close to it; null of nothing. */
const mean = (values: readonly number[]): unknown =>
  values.length === 0 ? null : expect.closeTo(values.reduce((sum, each) => sum + each, 0) / values.length, 3)
/** Percent; null of nothing. */
const rate = (part: number, whole: number): unknown =>
  whole === 0 ? null : expect.closeTo(percent(part, whole), 1)
const nearestRank = (values: readonly number[], share: number): unknown => {
  const place = Math.ceil((values.length * share) / 100) - 1
  const value = values.toSorted((a, b) => a - b)[place]
  return value === undefined ? null : expect.closeTo(value, 3)
}
const isFailed = ({ status }: Row) => status === 'failed' || status === 'permanently_failed'
const isCompleted = ({ status }: Row) => status === 'completed'

test('the figures are those of a recount', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(task, { maxLength: 30 }), async (rows) => {
      const db = database(rows)
      const recent = rows.filter(({ created_at }) => created_at >= SPAN.since)
      const byScraper = Map.groupBy(recent, ({ scraper_name }) => scraper_name)
      const scrapers = await stats(db, 'scrapers', SPAN)
      expect(scrapers).toHaveLength(byScraper.size)
      for (const found of scrapers) {
        const own = byScraper.get(found.scraper_name) ?? []
        const finished = own.filter((row) => isCompleted(row) || isFailed(row))
        const minutes = own.map((row) => row.minutes).filter((each) => each !== null)
        expect(found).toEqual({
          scraper_name: found.scraper_name,
          total_executions: own.length,
          successful: own.filter(isCompleted).length,
          failed: own.filter(isFailed).length,
          success_rate: rate(own.filter(isCompleted).length, finished.length),
          avg_attempts: mean(finished.map(({ attempts }) => attempts)),
          avg_duration_minutes: mean(minutes),
          p95_duration_minutes: nearestRank(minutes, 95),
        })
      }
      expect(scrapers.map((each) => each.success_rate)).toEqual(
        scrapers.map((each) => each.success_rate).toSorted((a, b) => (b ?? -1) - (a ?? -1)),
      )
      const errors = await stats(db, 'errors', SPAN)
      const failures = recent.filter((row) => isFailed(row) && row.error_message !== null)
      const messages = Map.groupBy(failures, ({ error_message }) => error_message)
      expect(
        errors.map(({ error_message, frequency, affected_scrapers }) => [
          error_message,
          frequency,
          affected_scrapers.split(',').sort(),
        ]),
      ).toEqual(
        expect.arrayContaining(
          [...messages].map(([message, own]) => [
            message,
            own.length,
            [...new Set(own.map(({ scraper_name }) => scraper_name))].sort(),
          ]),
        ),
      )
      expect(errors).toHaveLength(messages.size)
      const days = await stats(db, 'trends', SPAN)
      expect(
        days.map(({ date, total_tasks, completed_tasks }) => [date, total_tasks, completed_tasks]),
      ).toEqual(
        [...Map.groupBy(recent, ({ created_at }) => created_at.slice(0, 10))]
          .toSorted(([a], [b]) => a.localeCompare(b))
          .map(([date, own]) => [date, own.length, own.filter(isCompleted).length]),
      )
      const problems = await stats(db, 'problems', SPAN)
      const wanted = rows.filter((row) => row.attempts >= 2 && (isFailed(row) || row.status === 'retrying'))
      expect(problems.map(({ attempts }) => attempts)).toEqual(
        wanted.map(({ attempts }) => attempts).sort((a, b) => b - a),
      )
      const { batches, tasks, latest } = await stats(db, 'active', SPAN)
      expect(batches).toMatchObject([
        {
          total_tasks: rows.length,
          current_tasks: rows.length,
          completed: rows.filter(isCompleted).length,
          failed: rows.filter(isFailed).length,
        },
      ])
      expect(tasks).toHaveLength(rows.filter(({ status }) => status === 'running').length)
      for (const each of tasks) expect(each.duration_minutes).toBe(60)
      expect(latest?.completed_tasks).toBe(rows.filter(isCompleted).length)
      const over: readonly Row['status'][] = ['completed', 'permanently_failed', 'skipped']
      const ended = rows.filter(({ status }) => over.includes(status)).length
      expect(await stats(db, 'incomplete', SPAN)).toMatchObject(
        ended < rows.length ? [{ pending_tasks: rows.length - ended }] : [],
      )
      await db.destroy()
    }),
    { numRuns: 30 },
  )
})

test.each(['scrapers', 'trends', 'errors', 'problems'] as const)(
  'other work goes on while %s are counted',
  async (of) => {
    const row = {
      scraper_name: 'cyt',
      status: 'failed',
      attempts: 2,
      created_at: NOW,
      minutes: 3,
      error_message: 'no',
    } as const
    const db = database(Array.from({ length: 10 }, () => row))
    let turns = 0
    let counted = false
    const turn = () => void ((turns += 1), counted || setImmediate(turn))
    setImmediate(turn)
    await stats(db, of, SPAN)
    counted = true
    expect(turns).toBeGreaterThanOrEqual(3)
    await db.destroy()
  },
)

test('an empty database has no figures, and says how small it is', async () => {
  const memory = new Memory(EMPTY)
  const db = openKysely(memory)
  for (const which of ['scrapers', 'trends', 'errors', 'problems', 'incomplete'] as const) {
    expect(await stats(db, which, SPAN)).toEqual([])
  }
  expect(await stats(db, 'active', SPAN)).toEqual({ latest: null, batches: [], tasks: [] })
  expect(await stats(db, 'database', SPAN)).toMatchObject({ execution_batches: 0, scraping_tasks: 0 })
  const { size_bytes } = await stats(db, 'database', SPAN)
  expect(size_bytes).toBe(memory.export().length)
  await db.destroy()
})
