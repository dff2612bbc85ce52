import { NO_OUTPUTS } from '../../src/domain/check.ts'
import type { BatchSummary } from '../../src/domain/query.ts'
import type { CombinationDiff, DiffView, ListingDiff } from '../../src/domain/diff.ts'
import type { DayStats, ErrorStats, ScraperStats } from '../../src/domain/stats.ts'
import { NOW } from './overview.ts'
import { sqlTime } from '../../src/domain/clock.ts'

const DAY_MS = 24 * 60 * 60 * 1000

export function batchSummary(id: number, some: Partial<BatchSummary> = {}): BatchSummary {
  const began = new Date(NOW.getTime() - (100 - id) * 15 * DAY_MS)
  return {
    id,
    batch_id: `B_${String(id).padStart(3, '0')}`,
    month_year: 'B',
    execution_number: id,
    started_at: sqlTime(began),
    completed_at: sqlTime(new Date(began.getTime() + (60 + (id % 20)) * 60_000)),
    total_tasks: 1757,
    completed_tasks: 1740,
    failed_tasks: 17,
    status: 'completed',
    estimated_duration_minutes: 75,
    actual_duration_minutes: 60 + (id % 20),
    rows: 80_000 + id * 100,
    outputs: NO_OUTPUTS,
    ...some,
  }
}

/** The newest first, as the engine lists them: the newest runs. */
export function batchHistory(total: number): BatchSummary[] {
  return Array.from({ length: total }, (_, index) => {
    const id = total - index
    if (index > 0) return batchSummary(id)
    const running = { status: 'running', completed_at: null, actual_duration_minutes: null } as const
    return batchSummary(id, { ...running, completed_tasks: 800, failed_tasks: 12 })
  })
}

export function combinationDiff(some: Partial<CombinationDiff> = {}): CombinationDiff {
  return {
    scraper_name: 'inm24',
    website: 'Inm24',
    city: 'Gdl',
    operation: 'Ven',
    product: 'Dep',
    variant: 1,
    before: 340,
    after: 351,
    new: 31,
    gone: 20,
    unseen: 12,
    back: 3,
    up: 4,
    down: 9,
    currency: 0,
    outcome: 'compared',
    prices: 'lists',
    note: null,
    ...some,
  }
}

export function diffView(some: Partial<DiffView> = {}): DiffView {
  const combinations = [
    combinationDiff(),
    combinationDiff({
      city: 'Zap',
      before: 210,
      after: 210,
      new: 0,
      gone: 0,
      unseen: 0,
      back: 0,
      up: 0,
      down: 0,
    }),
    combinationDiff({
      website: 'Lam',
      scraper_name: 'lam',
      gone: null,
      unseen: null,
      new: 2,
      back: 0,
      up: 0,
      down: 0,
    }),
    combinationDiff({ website: 'Mit', outcome: 'missing', note: 'later batch: failed', gone: null }),
  ]
  return {
    from: 'B_001',
    to: 'B_002',
    only: { from: null, to: null },
    rows: { from: 90_000, to: 91_500 },
    sum: {
      before: 81_200,
      after: 83_002,
      new: 2301,
      gone: 1100,
      unseen: 640,
      back: 75,
      up: 40,
      down: 61,
      currency: 0,
    },
    total: combinations.length,
    combinations,
    urls: {
      added: 2,
      gone: 1,
      added_urls: ['https://inm24.example/gdl/nuevo', 'https://inm24.example/zap/nuevo'],
      gone_urls: ['https://lam.example/viejo'],
    },
    sites: [
      { website: 'CyT', tasks: 60, before: 30, after: 31, slower: false },
      { website: 'Inm24', tasks: 90, before: 12, after: 40, slower: true },
    ],
    listings: null,
    ...some,
  }
}

export function listingDiff(index: number, some: Partial<ListingDiff> = {}): ListingDiff {
  const { website, scraper_name, city, operation, product, variant } = combinationDiff()
  return {
    website,
    scraper_name,
    city,
    operation,
    product,
    variant,
    kind: 'new',
    id: String(9000 + index),
    url: `https://inm24.example/p/${9000 + index}`,
    title: `Casa en Jardines ${index}`,
    price_before: 2_000_000,
    price_after: 2_150_000,
    currency_before: 'MXN',
    currency_after: 'MXN',
    evidence: null,
    ...some,
  }
}

export const SCRAPERS: ScraperStats[] = [
  {
    scraper_name: 'cyt',
    total_executions: 883,
    successful: 880,
    failed: 3,
    success_rate: 99.66,
    avg_attempts: 1.02,
    avg_duration_minutes: 1.5,
    p95_duration_minutes: 4.25,
  },
  {
    scraper_name: 'lam',
    total_executions: 162,
    successful: 64,
    failed: 90,
    success_rate: 39.51,
    avg_attempts: 2.4,
    avg_duration_minutes: 6,
    p95_duration_minutes: null,
  },
]

/** Oldest first, as the engine lists them; three days before today there was nothing. */
export const DAYS: DayStats[] = [
  { date: '2026-08-27', total_tasks: 900, completed_tasks: 450, daily_success_rate: 50 },
  { date: '2026-08-31', total_tasks: 1800, completed_tasks: 1782, daily_success_rate: 99 },
  { date: '2026-09-01', total_tasks: 1757, completed_tasks: 1757, daily_success_rate: 100 },
]

export const TOP_ERRORS: ErrorStats[] = [
  {
    error_message: '403 with a challenge page at "/jalisco"',
    frequency: 90,
    affected_scrapers: 'lam,inm24',
    last_occurrence: sqlTime(new Date(NOW.getTime() - 3_600_000)),
  },
  {
    error_message: 'no answer in 30 s',
    frequency: 3,
    affected_scrapers: 'cyt',
    last_occurrence: sqlTime(new Date(NOW.getTime() - 7_200_000)),
  },
]
