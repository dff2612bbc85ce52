import { z } from 'zod'
import type { SystemView } from '../../domain/system.ts'
import { exactly } from './exactly.ts'
import { moment, whole } from './words.ts'

const database = exactly<SystemView['database']>()(
  z.strictObject({
    path: z.string(),
    file_bytes: whole,
    journal_bytes: whole,
    schema_version: whole,
    last_snapshot: moment.nullable(),
    last_snapshot_ms: z.number().nullable(),
    last_backup: moment.nullable(),
    tasks: whole,
    batches: whole,
  }),
)

export const system = exactly<SystemView>()(
  z.strictObject({
    version: z.string(),
    node: z.string(),
    uptime_s: z.number().nullable(),
    clients: whole,
    event_loop: z.strictObject({ mean_ms: z.number(), p99_ms: z.number(), max_ms: z.number() }),
    memory_bytes: whole,
    cpu_percent: z.number(),
    machine: z
      .strictObject({ cpu_percent: z.number(), memory_percent: z.number(), free_disk_bytes: whole })
      .nullable(),
    limits: z.strictObject({
      max_parallel: whole,
      max_cpu: z.number(),
      max_memory: z.number(),
      min_free_disk: z.number(),
    }),
    database,
    socket: z.string().nullable(),
  }),
)
