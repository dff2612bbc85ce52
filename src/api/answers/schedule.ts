import { z } from 'zod'
import type { Views } from '../../domain/query.ts'
import { SLOT_DECISIONS, type ScheduleView, type Slot } from '../../domain/schedule.ts'
import { exactly } from './exactly.ts'
import { moment, whole } from './words.ts'

const slot = exactly<Slot>()(
  z.strictObject({
    schedule: z.string(),
    slot: moment,
    decision: z.enum(SLOT_DECISIONS),
    decided_at: moment,
    batch_id: z.string().nullable(),
    reason: z.string(),
  }),
)

const rule = exactly<ScheduleView>()(
  z.strictObject({
    name: z.string(),
    cron: z.string(),
    time_zone: z.string(),
    filters: z.record(z.string(), z.string()),
    catch_up: z.enum(['once', 'none', 'all']),
    max_age: z.number(),
    overlap: z.enum(['skip', 'queue']),
    enabled: z.boolean(),
    next: z.array(moment),
    last: slot.nullable(),
  }),
)

export const schedule = exactly<Views['schedule']>()(
  z.strictObject({ schedules: z.array(rule), total: whole, slots: z.array(slot) }),
)
