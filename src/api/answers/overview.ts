import { z } from 'zod'
import type { Alert, Overview, RecentError, SiteView } from '../../domain/query.ts'
import { batchView, counts } from './batch.ts'
import { outputs } from './check.ts'
import { errorGroup } from './error.ts'
import { exactly } from './exactly.ts'
import { errorClass, runningTask, taskStatus } from './task.ts'
import { moment, whole } from './words.ts'

const site = exactly<SiteView>()(
  z.strictObject({
    site: z.string(),
    name: z.string(),
    counts,
    rows: whole,
    outputs,
    eta_s: z.number().nullable(),
    state: z.enum(['running', 'waiting', 'paused', 'done']),
    note: z.string().nullable(),
  }),
)

const recentError = exactly<RecentError>()(
  z.strictObject({
    task_id: whole,
    attempt: whole,
    scraper_name: z.string(),
    website: z.string(),
    city: z.string(),
    operation: z.string(),
    product: z.string(),
    ended_at: moment,
    error_class: errorClass,
    message: z.string(),
    task_status: taskStatus,
  }),
)

const ALERTS = [
  'cpu',
  'memory',
  'disk',
  'storage',
  'snapshot',
  'changed',
  'paused',
  'interrupted',
  'backup',
  'schedule',
  'lists',
  'logs',
  'notify',
  'suspect',
] as const

const alert = exactly<Alert>()(z.strictObject({ code: z.enum(ALERTS), message: z.string() }))

export const overview = exactly<Overview>()(
  z.strictObject({
    seq: whole,
    engine: z.strictObject({
      state: z.enum(['idle', 'running', 'paused', 'interrupted', 'held', 'draining', 'closing']),
      pid: whole.nullable(),
      started_at: moment.nullable(),
      closing_stops_work: z.boolean(),
    }),
    batch: batchView.nullable(),
    sites: z.array(site),
    running: z.array(runningTask),
    recent_errors: z.array(recentError),
    error_groups: z.array(errorGroup),
    next_slot: z.strictObject({ schedule: z.string(), slot: moment }).nullable(),
    alerts: z.array(alert),
  }),
)
