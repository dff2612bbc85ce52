import { z } from 'zod'
import type { Attempt } from '../../domain/attempt.ts'
import { OUTPUT_CHECKS } from '../../domain/check.ts'
import { ERROR_CLASSES } from '../../domain/error-class.ts'
import type { RunningTask, Views } from '../../domain/query.ts'
import { TASK_STATUSES, type Task } from '../../domain/task.ts'
import { facts, finding, verdict } from './check.ts'
import { exactly } from './exactly.ts'
import { combinationShape, moment, whole } from './words.ts'

export const taskStatus = z.enum(TASK_STATUSES)
export const errorClass = z.enum(ERROR_CLASSES)

export const task = exactly<Task>()(
  z.strictObject({
    ...combinationShape,
    id: whole,
    url: z.string(),
    order_num: whole,
    status: taskStatus,
    attempts: whole,
    max_attempts: whole,
    created_at: moment,
    started_at: moment.nullable(),
    completed_at: moment.nullable(),
    error_message: z.string().nullable(),
    error_class: errorClass.nullable(),
    execution_batch: z.string(),
    output_path: z.string(),
    data_records_extracted: whole,
    file_size_bytes: whole,
    depends_on: whole.nullable(),
    ready: z.boolean(),
    retry_at: moment.nullable(),
    output_check: z.enum(OUTPUT_CHECKS).nullable(),
    output_complete: z.boolean().nullable(),
    output_expected: z.number().nullable(),
  }),
)

export const attempt = exactly<Attempt>()(
  z.strictObject({
    task_id: whole,
    number: whole,
    tag: z.string(),
    started_at: moment,
    ended_at: moment.nullable(),
    outcome: z.enum(['completed', 'failed', 'cancelled', 'interrupted']).nullable(),
    exit_code: whole.nullable(),
    signal: z.string().nullable(),
    error_class: errorClass.nullable(),
    error_message: z.string().nullable(),
    error_url: z.string().nullable(),
    http_status: whole.nullable(),
    rows: whole.nullable(),
    file_size_bytes: whole.nullable(),
    metrics: z.record(z.string(), z.number()),
    log_path: z.string(),
    peak_cpu_percent: z.number().nullable(),
    peak_memory_bytes: whole.nullable(),
    verdict: verdict.nullable(),
    findings: z.array(finding),
    facts: facts.nullable(),
    accepted_at: moment.nullable(),
  }),
)

export const runningTask = exactly<RunningTask>()(
  z.strictObject({
    ...combinationShape,
    task_id: whole,
    attempt: whole,
    started_at: moment,
    cancelling: z.boolean(),
    progress: z.strictObject({
      page: z.number().nullable(),
      pages: z.number().nullable(),
      items: z.number().nullable(),
      expected: z.number().nullable(),
      message: z.string().nullable(),
    }),
    progress_at: moment,
    cpu_percent: z.number().nullable(),
    memory_bytes: whole.nullable(),
  }),
)

export const tasks = exactly<Views['tasks']>()(
  z.strictObject({ total: whole, tasks: z.array(task), position: whole.nullable() }),
)

export const oneTask = exactly<Views['task']>()(
  z.strictObject({
    task,
    attempts: z.array(attempt),
    running: runningTask.nullable(),
    names: z.strictObject({
      website: z.string(),
      city: z.string(),
      operation: z.string(),
      product: z.string(),
    }),
  }),
)
