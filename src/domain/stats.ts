import type { Batch, BatchStatus } from './batch.ts'

/**
 * What the schema document's monitoring, analysis and diagnosis queries answer, with its column names (source:
 * the schema document, Consultas Comunes). Where the document counts `failed`, `permanently_failed` counts too.
 */
export interface Stats {
  /** Rendimiento por scraper; best success rate first. */
  scrapers: ScraperStats[]
  /** Tendencias temporales; oldest day first. */
  trends: DayStats[]
  /** Análisis de errores; most frequent first, at most ten. */
  errors: ErrorStats[]
  /** Tareas problemáticas; most attempts first. */
  problems: ProblemTask[]
  /** Lotes incompletos; newest first. */
  incomplete: IncompleteBatch[]
  active: ActiveStats
  database: DatabaseStats
}

export type StatsOf = keyof Stats

/** How many days back the document looks; the others know no time. */
export const STATS_DAYS: Readonly<Partial<Record<StatsOf, number>>> = {
  scrapers: 30,
  trends: 7,
  errors: 7,
  incomplete: 7,
}

export interface ScraperStats {
  scraper_name: string
  total_executions: number
  successful: number
  failed: number
  /** Percent of those that completed or failed for good, two decimals; null where none did. The document takes all. */
  success_rate: number | null
  /** Of the same tasks. */
  avg_attempts: number | null
  /** Of the tasks that ended; null where none did. */
  avg_duration_minutes: number | null
  /** Of the same tasks, 95 of 100 took no longer than this. Not in the document. */
  p95_duration_minutes: number | null
}

export interface DayStats {
  /** `2025-09-16`, UTC. */
  date: string
  total_tasks: number
  completed_tasks: number
  /** As `success_rate`. */
  daily_success_rate: number | null
}

export interface ErrorStats {
  error_message: string
  frequency: number
  /** Names, with commas between them. */
  affected_scrapers: string
  /** UTC as `sqlTime`: when the last task with this error was made. */
  last_occurrence: string
}

export interface ProblemTask {
  id: number
  scraper_name: string
  website: string
  city: string
  url: string
  status: string
  attempts: number
  error_message: string | null
  created_at: string | null
}

export type IncompleteBatch = Pick<
  Batch,
  'batch_id' | 'started_at' | 'total_tasks' | 'completed_tasks' | 'failed_tasks'
> & {
  pending_tasks: number
  /** Outputs that their scrapers called incomplete, also of a batch that has no task left. Not in the document. */
  incomplete_outputs: number
}

export interface ActiveStats {
  /** Estado del sistema: the latest batch. */
  latest:
    | (Pick<
        Batch,
        'batch_id' | 'started_at' | 'completed_at' | 'total_tasks' | 'completed_tasks' | 'failed_tasks'
      > & { status: BatchStatus; progress_percentage: number })
    | null
  /** Progreso en tiempo real: the batches that run. */
  batches: {
    batch_id: string
    started_at: string
    total_tasks: number
    current_tasks: number
    completed: number
    running: number
    pending: number
    failed: number
  }[]
  /** Tareas activas, longest first. */
  tasks: {
    id: number
    scraper_name: string
    website: string
    city: string
    operation: string
    product: string
    started_at: string | null
    duration_minutes: number | null
  }[]
}

/** Métricas de performance, and the rows of the two tables. */
export interface DatabaseStats {
  size_bytes: number
  tables: number
  indexes: number
  execution_batches: number
  scraping_tasks: number
}
