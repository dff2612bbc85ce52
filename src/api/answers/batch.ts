import { z } from 'zod'
import { BATCH_STATUSES, type Batch } from '../../domain/batch.ts'
import type { BatchView, PlanView, StatusCounts, Views } from '../../domain/query.ts'
import type { AbsentSite, PlannedTask } from '../../domain/plan.ts'
import { outputs } from './check.ts'
import { exactly } from './exactly.ts'
import { combinationShape, moment, whole } from './words.ts'

export const counts = exactly<StatusCounts>()(
  z.strictObject({
    pending: whole,
    running: whole,
    retrying: whole,
    failed: whole,
    permanently_failed: whole,
    skipped: whole,
    cancelled: whole,
    completed: whole,
  }),
)

export const absentSites = z.array(
  exactly<AbsentSite>()(
    z.strictObject({ site: z.string(), tasks: whole, before: z.string(), reason: z.string() }),
  ),
)

const batchShape = {
  id: whole,
  batch_id: z.string(),
  month_year: z.string(),
  execution_number: whole,
  started_at: moment,
  completed_at: moment.nullable(),
  total_tasks: whole,
  completed_tasks: whole,
  failed_tasks: whole,
  status: z.enum(BATCH_STATUSES),
  estimated_duration_minutes: z.number().nullable(),
  actual_duration_minutes: z.number().nullable(),
} satisfies Record<keyof Batch, z.ZodType>

export const batch = exactly<Batch>()(z.strictObject(batchShape))

export const batchView = exactly<BatchView>()(
  z.strictObject({
    ...batchShape,
    counts,
    recovered: whole,
    rows: whole,
    outputs,
    elapsed_s: z.number(),
    eta_s: z.number().nullable(),
    eta_spread_s: z.number().nullable(),
    eta_from: z.enum(['history', 'site', 'pace']).nullable(),
    previous: z
      .strictObject({
        batch_id: z.string(),
        rows: whole,
        completed_tasks: whole,
        minutes: z.number().nullable(),
      })
      .nullable(),
    absent_sites: absentSites,
  }),
)

export const batches = exactly<Views['batches']>()(
  z.strictObject({ total: whole, batches: z.array(z.strictObject({ ...batchShape, rows: whole, outputs })) }),
)

const plannedTask = exactly<PlannedTask>()(
  z.strictObject({
    ...combinationShape,
    url: z.string(),
    order_num: whole,
    output_path: z.string(),
    depends_on: whole.nullable(),
  }),
)

export const plan = exactly<PlanView>()(
  z.strictObject({
    batch_id: z.string(),
    rows: whole,
    planned: whole,
    duplicates: whole,
    rejected: whole,
    tasks: whole,
    sites: z.array(z.strictObject({ site: z.string(), name: z.string(), tasks: whole })),
    absent_sites: absentSites,
    estimated_duration_minutes: z.number(),
    problems: z.array(
      z.strictObject({
        file: z.string(),
        line: whole,
        column: whole.exactOptional(),
        severity: z.enum(['error', 'warning', 'duplicate']),
        message: z.string(),
        remedy: z.string(),
      }),
    ),
    listed: z.array(plannedTask).exactOptional(),
  }),
)
