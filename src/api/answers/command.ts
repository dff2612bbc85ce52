import { z } from 'zod'
import type { Changed, Results, Unpaused } from '../../domain/command.ts'
import { absentSites } from './batch.ts'
import { exactly } from './exactly.ts'
import { whole } from './words.ts'

const batch_id = z.string()

export const changed = exactly<Changed>()(
  z.strictObject({
    changed: whole,
    refused: z.array(z.strictObject({ id: whole, reason: z.string() })),
  }),
)

const unpaused = exactly<Unpaused>()(changed.extend({ note: z.string().nullable() }))

/** What comes of each command. */
export const RESULTS = {
  start_batch: z.strictObject({ batch_id, tasks: whole, rejected: whole, absent_sites: absentSites }),
  resume_batch: z.strictObject({ batch_id, tasks: whole }),
  cancel_batch: changed,
  retry: changed,
  cancel: changed,
  pause: changed,
  unpause: unpaused,
  drain: z.strictObject({ running: whole }),
  accept: changed,
  backup: z.strictObject({ path: z.string(), bytes: whole }),
  run_schedule: z.strictObject({ batch_id: batch_id.nullable(), reason: z.string() }),
  enable_schedule: z.strictObject({ enabled: z.boolean() }),
}

exactly<Results>()(z.strictObject(RESULTS))
