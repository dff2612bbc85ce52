import type { ScheduleConfig } from './config.ts'

/** What became of one due moment of a schedule. */
export const SLOT_DECISIONS = ['ran', 'caught_up', 'queued', 'skipped_overlap', 'missed', 'failed'] as const
export type SlotDecision = (typeof SLOT_DECISIONS)[number]

/** A row of the ledger: each (schedule, slot) is there once, whatever happens. */
export interface Slot {
  schedule: string
  /** The due moment; UTC as `sqlTime`. */
  slot: string
  decision: SlotDecision
  /** When it was decided; UTC as `sqlTime`. */
  decided_at: string
  /** The batch that it started, once there is one. */
  batch_id: string | null
  /** Why, for the person. */
  reason: string
}

/** A rule of `zafra.yaml` and where it stands. */
export interface ScheduleView extends ScheduleConfig {
  /** The next due moments, soonest first, at most five; UTC as `sqlTime`. Empty while disabled. */
  next: string[]
  last: Slot | null
}
