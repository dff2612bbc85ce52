import { errorKey, type ErrorGroup } from '../../src/domain/error-group.ts'
import { NO_OUTPUTS } from '../../src/domain/check.ts'
import { sqlTime, sqlTimeMs } from '../../src/domain/clock.ts'
import type {
  BatchView,
  Overview,
  RecentError,
  RunningTask,
  SiteView,
  StatusCounts,
} from '../../src/domain/query.ts'

/** `now` of every overview made here. */
export const NOW = new Date('2026-09-01T08:12:04Z')

export function counts(some: Partial<StatusCounts> = {}): StatusCounts {
  return {
    pending: 0,
    running: 0,
    retrying: 0,
    failed: 0,
    permanently_failed: 0,
    skipped: 0,
    cancelled: 0,
    completed: 0,
    ...some,
  }
}

export function siteView(site: string, some: Partial<SiteView> = {}): SiteView {
  return {
    site,
    name: site,
    counts: counts(),
    rows: 0,
    outputs: NO_OUTPUTS,
    eta_s: null,
    state: 'waiting',
    note: null,
    ...some,
  }
}

export function runningTask(task_id: number, some: Partial<RunningTask> = {}): RunningTask {
  return {
    task_id,
    attempt: 1,
    scraper_name: 'inm24',
    website: 'Inm24',
    city: 'Gdl',
    operation: 'Ven',
    product: 'Dep',
    variant: 1,
    started_at: sqlTimeMs(new Date(NOW.getTime() - 184_000)),
    cancelling: false,
    progress: { page: 5, pages: 12, items: null, expected: null, message: null },
    progress_at: sqlTimeMs(NOW),
    cpu_percent: null,
    memory_bytes: null,
    ...some,
  }
}

export function recentError(task_id: number, some: Partial<RecentError> = {}): RecentError {
  return {
    task_id,
    attempt: 1,
    scraper_name: 'lam',
    website: 'Lam',
    city: 'Zap',
    operation: 'Ren',
    product: 'Cas',
    ended_at: sqlTimeMs(new Date(NOW.getTime() - 60_000)),
    error_class: 'timeout',
    message: 'no answer in 30 s',
    task_status: 'permanently_failed',
    ...some,
  }
}

export function errorGroup(some: Partial<ErrorGroup> = {}): ErrorGroup {
  const { error_class = 'timeout', message = 'no answer in 30 s' } = some
  return {
    key: errorKey(error_class, message),
    error_class,
    message,
    attempts: 1,
    tasks: some.lost ?? 1,
    lost: 1,
    recovered: 0,
    sites: ['Lam'],
    first_at: sqlTimeMs(new Date(NOW.getTime() - 600_000)),
    last_at: sqlTimeMs(new Date(NOW.getTime() - 60_000)),
    last_task_id: 633,
    last_attempt: 1,
    ...some,
  }
}

export function batchView(some: Partial<BatchView> = {}): BatchView {
  return {
    id: 1,
    batch_id: 'Sep26_01',
    month_year: 'Sep26',
    execution_number: 1,
    started_at: sqlTime(new Date(NOW.getTime() - 724_000)),
    completed_at: null,
    total_tasks: 1755,
    completed_tasks: 0,
    failed_tasks: 0,
    status: 'running',
    estimated_duration_minutes: 75,
    actual_duration_minutes: null,
    counts: counts(),
    recovered: 0,
    rows: 0,
    outputs: NO_OUTPUTS,
    elapsed_s: 724,
    eta_s: 3780,
    eta_spread_s: null,
    eta_from: null,
    previous: null,
    absent_sites: [],
    ...some,
  }
}

export function overview(some: Partial<Overview> = {}): Overview {
  return {
    seq: 0,
    engine: { state: 'running', pid: 4711, started_at: sqlTime(NOW), closing_stops_work: true },
    batch: batchView(),
    sites: [],
    running: [],
    recent_errors: [],
    error_groups: [],
    next_slot: null,
    alerts: [],
    ...some,
  }
}

const SITES = [
  siteView('Inm24', {
    name: 'Inmuebles24',
    state: 'running',
    counts: counts({ completed: 104, running: 1, pending: 60, permanently_failed: 2, retrying: 1 }),
    rows: 12_004,
    eta_s: 1320,
  }),
  siteView('CyT', {
    name: 'Casas y Terrenos',
    state: 'running',
    counts: counts({ completed: 260, running: 1, pending: 180 }),
    rows: 18_270,
    eta_s: 2210,
  }),
  siteView('Lam', {
    name: 'Lamudi',
    state: 'paused',
    counts: counts({ completed: 31, pending: 115, permanently_failed: 14, failed: 2 }),
    rows: 2210,
    note: 'blocked 3 times, again at 08:20',
  }),
  siteView('Mit', {
    name: 'Mitula',
    state: 'running',
    counts: counts({ completed: 122, running: 1, pending: 400, cancelled: 3, retrying: 2 }),
    rows: 9820,
    eta_s: 3780,
  }),
  siteView('Prop', {
    name: 'Propiedades.com',
    state: 'running',
    counts: counts({ completed: 73, running: 1, pending: 180, permanently_failed: 4 }),
    rows: 5906,
    eta_s: 3010,
  }),
  siteView('Tro', { name: 'Trovit', state: 'done', counts: counts({ completed: 200 }), rows: 14_330 }),
]

const RUNNING = [
  runningTask(105, {
    cpu_percent: 37.4,
    memory_bytes: 182_300_000,
    progress: { page: 5, pages: 12, items: 148, expected: 351, message: 'Departamentos en venta, página 5' },
  }),
  runningTask(261, {
    website: 'CyT',
    scraper_name: 'cyt',
    city: 'Tlaq',
    operation: 'Ren',
    product: 'Edif',
    started_at: sqlTimeMs(new Date(NOW.getTime() - 41_000)),
    progress: { page: 9, pages: null, items: 214, expected: null, message: 'página 9 de Tlaquepaque' },
  }),
  runningTask(902, {
    website: 'Mit',
    scraper_name: 'mit',
    city: 'Jnctl',
    operation: 'Ven-d',
    product: 'Cas',
    variant: 2,
    attempt: 2,
    started_at: sqlTimeMs(new Date(NOW.getTime() - 605_000)),
    progress: { page: 31, pages: 33, items: 930, expected: null, message: '再試行 después de 429' },
  }),
  runningTask(1411, {
    website: 'Prop',
    scraper_name: 'prop',
    city: 'Zap',
    operation: 'Ven',
    product: 'Terr',
    cancelling: true,
    progress: { page: 2, pages: 8, items: 40, expected: null, message: null },
  }),
]

const ERRORS = [
  recentError(633, {
    error_class: 'blocked',
    message: '403 with a challenge page at /jalisco/guadalajara/casa',
  }),
  recentError(632, { task_status: 'retrying', error_class: 'rate_limited', message: '429, Retry-After 120' }),
  recentError(97, { website: 'Inm24', city: 'Gdl', operation: 'Ren', product: 'Ofi', attempt: 3 }),
  recentError(1400, {
    website: 'Prop',
    error_class: 'layout_changed',
    message: 'no listing on a page that says «1,204 propiedades en Zapopan»',
  }),
  recentError(631, { task_status: 'failed', message: 'connection reset' }),
]

const GROUPS = [
  errorGroup({
    error_class: 'blocked',
    message: '403 with a challenge page at /jalisco/guadalajara/casa',
    attempts: 16,
    lost: 14,
    tasks: 14,
  }),
  errorGroup({
    message: 'connection reset',
    attempts: 5,
    lost: 1,
    recovered: 1,
    tasks: 3,
    sites: ['Inm24', 'Lam'],
    last_task_id: 97,
  }),
  errorGroup({
    error_class: 'layout_changed',
    message: 'no listing on a page that says «1,204 propiedades en Zapopan»',
    attempts: 4,
    lost: 0,
    recovered: 4,
    tasks: 4,
    sites: ['Prop'],
    last_task_id: 1400,
  }),
]

/** A batch in full swing: six sites, four tasks, errors of several kinds, an alert. */
export function busyOverview(): Overview {
  const totals = counts()
  for (const { counts: own } of SITES) {
    for (const status of Object.keys(own) as (keyof StatusCounts)[]) totals[status] += own[status]
  }
  return structuredClone(
    overview({
      batch: batchView({ counts: totals, rows: SITES.reduce((sum, { rows }) => sum + rows, 0) }),
      sites: SITES,
      running: RUNNING,
      recent_errors: ERRORS,
      error_groups: GROUPS,
      alerts: [{ code: 'paused', message: 'Lam is paused until 08:20: blocked 3 times in a row' }],
    }),
  )
}
