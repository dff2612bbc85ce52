import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sqlTime } from '../../src/domain/clock.ts'
import type { Change } from '../../src/domain/store.ts'
import type { TaskPatch } from '../../src/domain/task.ts'
import { openStore } from '../../src/store/index.ts'
import { sqlUnder, statements } from './document.ts'
import { sqlite3, type Row } from './sqlite3.ts'
import { newBatch, options, planned, standingClock, until } from './support.ts'

const SECTIONS = [
  'Consultas Optimizadas Comunes',
  'Consultas de Monitoreo',
  'Consultas de Análisis',
  'Consultas de Diagnóstico',
  'Métricas de Performance',
]
const QUERIES = SECTIONS.flatMap(sqlUnder).flatMap(statements)

// The document's queries ask for the last days, so these rows have to be of the last days.
const NOW = Date.now()
const ago = (minutes: number) => sqlTime(new Date(NOW - minutes * 60_000))
const EARLIER = ago(3 * 24 * 60)
const LATER = ago(60)
const day = (time: string) => time.slice(0, 10)

const clock = standingClock()
let folder: string
let path: string
let store: Awaited<ReturnType<typeof openStore>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zafra-document-'))
  path = join(folder, 'orchestrator.db')
  store = await openStore(options(folder, { clock }))
  await earlierBatch()
  await runningBatch()
  clock.fire()
  // The store stays open: the file is the snapshot of a database in use.
  await until(async () => (await store.status()).journal_bytes === 0)
})

afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

/** Two tasks done, one failed for good, and its detail task skipped for that. */
async function earlierBatch(): Promise<void> {
  const inm24 = { website: 'Inm24', scraper_name: 'inm24' }
  const detail = planned({ website: 'Inm24', scraper_name: 'inm24_det', depends_on: 2 })
  const tasks = [planned({ order_num: 1 }), planned({ order_num: 2 }), planned(inm24), detail]
  await store.insertBatch(newBatch({ started_at: EARLIER }), tasks, 3)
  const at = (minutes: number) => sqlTime(new Date(Date.parse(`${EARLIER}Z`) + minutes * 60_000))
  await store.commit([
    set(1, { status: 'completed', attempts: 1, started_at: EARLIER, completed_at: at(10) }),
    set(2, { status: 'completed', attempts: 2, started_at: EARLIER, completed_at: at(20) }),
    set(3, {
      status: 'permanently_failed',
      attempts: 3,
      started_at: EARLIER,
      completed_at: at(5),
      error_message: 'HTTP 404',
    }),
    set(4, { status: 'skipped', completed_at: at(5), error_message: 'its main task failed: HTTP 404' }),
    {
      type: 'batch',
      batch_id: 'Sep25_01',
      from: 'running',
      set: { status: 'completed', completed_at: at(30), actual_duration_minutes: 30 },
    },
  ])
}

/** One task done, one that runs, one that waits, two that failed, one that is tried again later. */
async function runningBatch(): Promise<void> {
  const inm24 = { website: 'Inm24', scraper_name: 'inm24' }
  const tasks = [
    planned({ order_num: 1 }),
    planned({ order_num: 1, ...inm24 }),
    planned({ order_num: 2, ...inm24 }),
    planned({ order_num: 2 }),
    planned({ order_num: 3, ...inm24 }),
    planned({ website: 'Lam', scraper_name: 'lam' }),
  ]
  const batch = newBatch({ batch_id: 'Sep25_02', execution_number: 2, started_at: LATER })
  await store.insertBatch(batch, tasks, 3)
  const error_message = 'Connection timeout'
  await store.commit([
    set(5, { status: 'completed', attempts: 1, started_at: LATER, completed_at: ago(30) }),
    set(6, { status: 'running', attempts: 1, started_at: ago(6) }),
    set(8, { status: 'failed', attempts: 2, started_at: LATER, completed_at: ago(56), error_message }),
    set(9, { status: 'failed', attempts: 1, started_at: LATER, completed_at: ago(57), error_message }),
    set(10, {
      status: 'retrying',
      attempts: 2,
      started_at: LATER,
      retry_at: ago(-5),
      error_message: 'HTTP 503',
    }),
  ])
}

function set(id: number, patch: TaskPatch): Change {
  return { type: 'task', id, from: 'pending', set: patch }
}

/** The rows of the query whose text begins with this comment or whose first column is so named. */
function rows(containing: string): Row[] {
  const found = QUERIES.filter((query) => query.includes(containing))
  expect(found).toHaveLength(1)
  return sqlite3(path, found[0] ?? '')
}

const by = (column: string) => (a: Row, b: Row) => String(a[column]).localeCompare(String(b[column]))

test('the document prints thirteen queries', () => {
  expect(QUERIES).toHaveLength(13)
})

test('Estado actual del sistema', () => {
  expect(rows('1. Estado actual')).toEqual([
    {
      id: 2,
      batch_id: 'Sep25_02',
      month_year: 'Sep25',
      execution_number: 2,
      started_at: LATER,
      completed_at: null,
      total_tasks: 6,
      completed_tasks: 1,
      failed_tasks: 0,
      status: 'running',
      estimated_duration_minutes: 90,
      actual_duration_minutes: null,
    },
  ])
})

test('Progreso de lote específico', () => {
  expect(rows('2. Progreso de lote')).toEqual([
    { status: 'completed', count: 2 },
    { status: 'permanently_failed', count: 1 },
    { status: 'skipped', count: 1 },
  ])
})

test('Tareas fallidas recientes', () => {
  const failed = { error_message: 'Connection timeout' }
  expect(rows('3. Tareas fallidas').sort(by('website'))).toEqual([
    { ...failed, scraper_name: 'cyt', website: 'CyT' },
    { ...failed, scraper_name: 'inm24', website: 'Inm24' },
  ])
})

test('Estadísticas por scraper', () => {
  expect(rows('4. Estadísticas').sort(by('scraper_name'))).toEqual([
    { scraper_name: 'cyt', total: 4, completed: 3, failed: 1 },
    { scraper_name: 'inm24', total: 4, completed: 0, failed: 1 },
    { scraper_name: 'inm24_det', total: 1, completed: 0, failed: 0 },
    { scraper_name: 'lam', total: 1, completed: 0, failed: 0 },
  ])
})

test('Estado del último lote', () => {
  expect(rows('Estado del último lote')).toEqual([
    {
      batch_id: 'Sep25_02',
      status: 'running',
      started_at: LATER,
      completed_at: null,
      total_tasks: 6,
      completed_tasks: 1,
      failed_tasks: 0,
      progress_percentage: 16.67,
    },
  ])
})

test('Progreso detallado del lote actual', () => {
  expect(rows('Progreso detallado')).toEqual([
    {
      batch_id: 'Sep25_02',
      started_at: LATER,
      total_tasks: 6,
      current_tasks: 6,
      completed: 1,
      running: 1,
      pending: 1,
      failed: 2,
    },
  ])
})

test('Tareas actualmente en ejecución', () => {
  const [task, ...others] = rows('Tareas actualmente')
  expect(others).toEqual([])
  expect(task).toMatchObject({
    scraper_name: 'inm24',
    website: 'Inm24',
    city: 'Gdl',
    operation: 'Ven',
    product: 'Dep',
    started_at: ago(6),
  })
  expect(task?.['duration_minutes']).toBeGreaterThanOrEqual(6)
  expect(task?.['duration_minutes']).toBeLessThan(9)
})

test('Análisis de rendimiento por scraper', () => {
  const found = rows('Análisis de rendimiento')
  expect(found[0]?.['scraper_name']).toBe('cyt')
  const rounded = found.map((row) => ({ ...row, avg_duration_minutes: round(row['avg_duration_minutes']) }))
  expect(rounded.sort(by('scraper_name'))).toEqual([
    {
      scraper_name: 'cyt',
      total_executions: 4,
      successful: 3,
      failed: 1,
      success_rate: 75,
      avg_attempts: 1.5,
      avg_duration_minutes: 16,
    },
    {
      scraper_name: 'inm24',
      total_executions: 4,
      successful: 0,
      failed: 1,
      success_rate: 0,
      avg_attempts: 1.25,
      avg_duration_minutes: 4,
    },
    {
      scraper_name: 'inm24_det',
      total_executions: 1,
      successful: 0,
      failed: 0,
      success_rate: 0,
      avg_attempts: 0,
      avg_duration_minutes: null,
    },
    {
      scraper_name: 'lam',
      total_executions: 1,
      successful: 0,
      failed: 0,
      success_rate: 0,
      avg_attempts: 2,
      avg_duration_minutes: null,
    },
  ])
})

test('Tendencias por día', () => {
  expect(rows('Tendencias por día')).toEqual([
    { date: day(EARLIER), total_tasks: 4, completed_tasks: 2, daily_success_rate: 50 },
    { date: day(LATER), total_tasks: 6, completed_tasks: 1, daily_success_rate: 16.67 },
  ])
})

test('Top errores más frecuentes', () => {
  const [error, ...others] = rows('Top errores')
  expect(others).toEqual([])
  expect(error).toMatchObject({ error_message: 'Connection timeout', frequency: 2, last_occurrence: LATER })
  expect(String(error?.['affected_scrapers']).split(',').sort()).toEqual(['cyt', 'inm24'])
})

test('Tareas con múltiples fallos', () => {
  const failed = { city: 'Gdl', attempts: 2, created_at: LATER }
  expect(rows('Tareas con múltiples').sort(by('website'))).toEqual([
    {
      ...failed,
      scraper_name: 'cyt',
      website: 'CyT',
      url: planned({ order_num: 2 }).url,
      error_message: 'Connection timeout',
    },
    { ...failed, scraper_name: 'lam', website: 'Lam', url: planned().url, error_message: 'HTTP 503' },
  ])
})

test('Lotes que no completaron todas las tareas: not one of which a task was skipped', () => {
  expect(rows('Lotes que no completaron')).toEqual([
    {
      batch_id: 'Sep25_02',
      started_at: LATER,
      total_tasks: 6,
      completed_tasks: 1,
      failed_tasks: 0,
      pending_tasks: 5,
    },
  ])
})

test('Métricas de performance', async () => {
  const { size } = await stat(path)
  const { tables, indexes } = await store.status()
  // SQLite's own: the table of AUTOINCREMENT, and an index for each UNIQUE and for each key that is a text.
  expect(rows('Database Size')).toEqual([
    { metric: 'Database Size', value: `${Math.round((size / 1024 / 1024) * 100) / 100} MB` },
    { metric: 'Total Tables', value: tables.length + 1 },
    { metric: 'Total Indexes', value: indexes.length + 8 },
  ])
})

function round(value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value
}
