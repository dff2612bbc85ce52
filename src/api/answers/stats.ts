import { z } from 'zod'
import { BATCH_STATUSES } from '../../domain/batch.ts'
import type { Stats } from '../../domain/stats.ts'
import { exactly } from './exactly.ts'
import { moment, whole } from './words.ts'

const counted = {
  batch_id: z.string(),
  started_at: moment,
  total_tasks: whole,
}

const ended = { completed_tasks: whole, failed_tasks: whole }

const codes = { id: whole, scraper_name: z.string(), website: z.string(), city: z.string() }

/** By what is asked for. */
export const STATS = {
  scrapers: z.array(
    z.strictObject({
      scraper_name: z.string(),
      total_executions: whole,
      successful: whole,
      failed: whole,
      success_rate: z.number().nullable(),
      avg_attempts: z.number().nullable(),
      avg_duration_minutes: z.number().nullable(),
      p95_duration_minutes: z.number().nullable(),
    }),
  ),
  trends: z.array(
    z.strictObject({
      date: z.string(),
      total_tasks: whole,
      completed_tasks: whole,
      daily_success_rate: z.number().nullable(),
    }),
  ),
  errors: z.array(
    z.strictObject({
      error_message: z.string(),
      frequency: whole,
      affected_scrapers: z.string(),
      last_occurrence: moment,
    }),
  ),
  problems: z.array(
    z.strictObject({
      ...codes,
      url: z.string(),
      status: z.string(),
      attempts: whole,
      error_message: z.string().nullable(),
      created_at: moment.nullable(),
    }),
  ),
  incomplete: z.array(
    z.strictObject({ ...counted, ...ended, pending_tasks: whole, incomplete_outputs: whole }),
  ),
  active: z.strictObject({
    latest: z
      .strictObject({
        ...counted,
        ...ended,
        completed_at: moment.nullable(),
        status: z.enum(BATCH_STATUSES),
        progress_percentage: z.number(),
      })
      .nullable(),
    batches: z.array(
      z.strictObject({
        ...counted,
        current_tasks: whole,
        completed: whole,
        running: whole,
        pending: whole,
        failed: whole,
      }),
    ),
    tasks: z.array(
      z.strictObject({
        ...codes,
        operation: z.string(),
        product: z.string(),
        started_at: moment.nullable(),
        duration_minutes: z.number().nullable(),
      }),
    ),
  }),
  database: z.strictObject({
    size_bytes: whole,
    tables: whole,
    indexes: whole,
    execution_batches: whole,
    scraping_tasks: whole,
  }),
}

export const stats = exactly<Stats[keyof Stats]>()(z.union(Object.values(STATS)))

exactly<Stats>()(z.strictObject(STATS))
