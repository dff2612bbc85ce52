import type { Digest } from './digest.ts'
import type { ErrorClass } from './error-class.ts'

/** What a channel can be told of. */
export const NOTICE_EVENTS = ['batch_started', 'batch_ended', 'task_failed', 'recovered', 'alert'] as const
export type NoticeEvent = (typeof NOTICE_EVENTS)[number]

/** The codes of a task, and which it is. */
export interface NoticeTask {
  task_id: number
  scraper_name: string
  website: string
  city: string
  operation: string
  product: string
}

/** Something to tell a person who does not look; bounded, whatever the batch. Foreign texts in it are raw. */
export type Notice = { /** When it came about; UTC as `sqlTime`. */ at: string } & (
  | { event: 'batch_started'; batch_id: string; tasks: number; rejected: number }
  | { event: 'batch_ended'; digest: Digest }
  /** After its last attempt: no retry follows. */
  | {
      event: 'task_failed'
      batch_id: string
      task: NoticeTask
      attempts: number
      error_class: ErrorClass
      message: string
    }
  | { event: 'recovered'; of: Recovered }
  | { event: 'alert'; code: string; message: string }
  | { event: 'test' }
)

/** What is well again. */
export type Recovered =
  /** Tasks that had failed for good, in the batch before or before a retry; `tasks` are at most some of the `total`. */
  | { what: 'tasks'; batch_id: string; total: number; tasks: NoticeTask[] }
  /** An attempt went through at a site that was paused. */
  | { what: 'site'; site: string; reason: string }
  | { what: 'alert'; code: string; message: string }

/** A notice on its way to one channel. */
export interface Delivery {
  /** The same at every try, so that a receiver can tell a repetition. */
  id: string
  channel: string
  notice: Notice
}

/** A row of the outbox. */
export interface QueuedDelivery extends Delivery {
  /** Its place in the order of its channel. */
  seq: number
  /** UTC as `sqlTimeMs`. */
  created_at: string
  /** Tries that failed. */
  tries: number
  /** UTC as `sqlTimeMs`; null: at once. */
  next_try_at: string | null
}

/** How a row of the outbox stands. */
export const DELIVERY_STATES = ['queued', 'sent', 'given_up'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** A row of the outbox, whatever became of it. */
export interface OutboxEntry extends QueuedDelivery {
  state: DeliveryState
  /** When it was sent or given up; UTC as `sqlTimeMs`. */
  ended_at: string | null
  /** Why the last try failed; holds no secret. */
  reason: string | null
}

/** What becomes of a row of the outbox after a try. */
export type DeliverySettlement =
  | { state: 'queued'; tries: number; next_try_at: string; reason: string }
  | { state: 'sent'; ended_at: string }
  | { state: 'given_up'; ended_at: string; reason: string }

/** How one try went. `reason` is for the person and holds no secret. */
export type Sent =
  | { sent: true }
  | {
      sent: false
      reason: string
      /** The receiver does not want this one, and will not at the next try either. */
      final: boolean
      /** Seconds that the receiver asked to wait; null: it did not say. */
      wait_s: number | null
    }

/** Brings notices to the channels of the configuration. */
export interface Messenger {
  /**
   * One try; never rejects. It may have arrived even though it failed.
   * @param signal ends the try at once
   */
  send(delivery: Delivery, signal?: AbortSignal): Promise<Sent>
}
