import type { Config, ScheduleConfig } from './config.ts'

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
  /** The workspace's own where the rule names none. */
  time_zone: string
  /** As in force: the operator's word goes before `zafra.yaml`. */
  enabled: boolean
  /** The next due moments, soonest first, at most five; UTC as `sqlTime`. Empty while disabled. */
  next: string[]
  last: Slot | null
}

/** What is remembered of a schedule over restarts. */
export interface ScheduleState {
  name: string
  /** The rule that was looked at last: another one begins anew and catches nothing up. */
  cron: string
  /** Every slot up to this moment is decided; UTC as `sqlTimeMs`. Null: it begins anew when it is looked at next. */
  looked_at: string | null
  /** The operator's word, which goes before `zafra.yaml`; null: there is none. */
  enabled: boolean | null
}

/** The schedule of the backups (`database.backup_cron`); every other one starts batches. */
export const BACKUP_SCHEDULE = 'backup'

/** Seconds: a backup that was missed for longer is not made up for. */
const BACKUP_MAX_AGE = 7 * 24 * 3600

/** The rules of `zafra.yaml`, and that of the backups unless it is empty. Their names differ. */
export function schedulesOf({ schedule, database }: Pick<Config, 'schedule' | 'database'>): ScheduleConfig[] {
  if (database.backup_cron === '') return [...schedule]
  return [
    ...schedule,
    {
      name: BACKUP_SCHEDULE,
      cron: database.backup_cron,
      time_zone: null,
      filters: {},
      catch_up: 'once',
      max_age: BACKUP_MAX_AGE,
      overlap: 'queue',
      enabled: true,
    },
  ]
}

/** Whether slots of the schedule are acted on. */
export function isEnabled(rule: ScheduleConfig, state: ScheduleState | undefined): boolean {
  return state?.enabled ?? rule.enabled
}

/** When a schedule is due. */
export interface CronRule {
  /** Five fields, or six with seconds first. */
  cron: string
  /** IANA name. */
  time_zone: string
}

/** The due moments of a stretch of time. */
export interface Due {
  /** The latest ones, soonest first; a bounded number. */
  slots: Date[]
  /** Those before them: how many (none older than two years is looked for) and the latest; null: none. */
  omitted: { count: number; latest: Date } | null
}

/** What the catch-up rule says of one slot. */
export interface Verdict {
  slot: Date
  act: boolean
  reason: string
}

/** Knows when rules are due and which of several due slots are acted on. Pure: time comes in. */
export interface Scheduler {
  /** The first `count` due moments after `after`, soonest first; fewer where the rule comes no more in 41 years. */
  next(rule: CronRule, after: Date, count: number): Date[]
  /** Those in (`after`, `until`]. Costs the same however long that is, from two years on. */
  due(rule: CronRule, after: Date, until: Date): Due
  /** One verdict per slot, in their order. `slots`: undecided ones up to `now`, soonest first. */
  decide(policy: Pick<ScheduleConfig, 'catch_up' | 'max_age'>, slots: readonly Date[], now: Date): Verdict[]
  /** Whether a slot that is decided at `now` is on time, or made up for. */
  isOnTime(slot: Date, now: Date): boolean
}
