export const BATCH_STATUSES = ['running', 'completed', 'failed', 'cancelled'] as const
export type BatchStatus = (typeof BATCH_STATUSES)[number]

/** A row of `execution_batches`. */
export interface Batch {
  id: number
  batch_id: string
  month_year: string
  execution_number: number
  started_at: string
  completed_at: string | null
  total_tasks: number
  completed_tasks: number
  /** Tasks that failed for good (`permanently_failed`) and those that were skipped: none of them is still to come. */
  failed_tasks: number
  status: BatchStatus
  estimated_duration_minutes: number | null
  actual_duration_minutes: number | null
}

export type BatchEvent =
  | { type: 'finish'; at: string; completed: number; failed: number; cancelled: number; minutes: number }
  | { type: 'cancel'; at: string; minutes: number }
  | { type: 'resume' }

export const BATCH_EVENTS = ['finish', 'cancel', 'resume'] as const satisfies readonly BatchEvent['type'][]

export type BatchPatch = Pick<Batch, 'status' | 'completed_at' | 'actual_duration_minutes'>

/**
 * Where `event` takes a batch, or undefined where it has no meaning. `failed` is a batch of which nothing at
 * all completed; a partial failure is `completed` (source: the schema document, execution_batches.status); one
 * that the operator cancelled task by task is `cancelled`. `minutes` are those from its start, interruptions included.
 */
export function batchTransition(status: BatchStatus, event: BatchEvent): BatchPatch | undefined {
  switch (event.type) {
    case 'finish':
      if (status !== 'running') return undefined
      return {
        status: finalStatus(event),
        completed_at: event.at,
        actual_duration_minutes: event.minutes,
      }
    case 'cancel':
      if (status !== 'running') return undefined
      return { status: 'cancelled', completed_at: event.at, actual_duration_minutes: event.minutes }
    case 'resume':
      if (status === 'running') return undefined
      return { status: 'running', completed_at: null, actual_duration_minutes: null }
  }
}

function finalStatus({ completed, failed, cancelled }: Extract<BatchEvent, { type: 'finish' }>): BatchStatus {
  if (completed > 0) return 'completed'
  return failed === 0 && cancelled > 0 ? 'cancelled' : 'failed'
}
