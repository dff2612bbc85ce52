import type { AttemptEnd } from '../domain/attempt.ts'
import { sqlTime, sqlTimeMs, type Random } from '../domain/clock.ts'
import { retryCanMend } from '../domain/error-class.ts'
import { retryDelay, type RetryPolicy } from '../domain/retry.ts'
import type { AttemptResult } from '../domain/runner.ts'
import type { Task, TaskEvent } from '../domain/task.ts'

/**
 * What the end of an attempt means for its task. `held`: no automatic retry is to be planned;
 * `not_before` (`sqlTime`): none is to be planned for an earlier time.
 */
export function judge(
  task: Pick<Task, 'attempts'>,
  result: AttemptResult,
  context: { now: Date; policy: RetryPolicy; random: Random; held: boolean; not_before: string | null },
): TaskEvent {
  const at = sqlTime(context.now)
  switch (result.outcome) {
    case 'completed':
      return {
        type: 'complete',
        at,
        rows: result.output?.rows ?? 0,
        bytes: result.output?.bytes ?? 0,
        output: {
          output_check: result.checked?.verdict ?? null,
          output_complete: result.checked?.facts.complete ?? null,
          output_expected: result.checked?.facts.expected ?? null,
        },
      }
    case 'cancelled':
      return { type: 'cancel', at }
    case 'interrupted':
      return { type: 'interrupt' }
    case 'failed': {
      const error = result.error ?? {
        class: 'internal' as const,
        message: 'the attempt failed without a reason',
      }
      const refused = result.checked?.verdict === 'failed'
      const { class: error_class, message } = error
      return { type: 'fail', at, error_class, message, next: next(error_class), refused }
    }
  }
  function next(errorClass: NonNullable<AttemptResult['error']>['class']) {
    if (!retryCanMend(errorClass)) return 'never' as const
    if (context.held) return 'hold' as const
    const delay = retryDelay(context.policy, Math.max(task.attempts, 1), context.random)
    const retry_at = sqlTime(new Date(context.now.getTime() + delay * 1000))
    const { not_before } = context
    return { retry_at: not_before !== null && not_before > retry_at ? not_before : retry_at }
  }
}

/** The columns that the end of an attempt fills. */
export function attemptEnd(result: AttemptResult, now: Date): AttemptEnd {
  return {
    ended_at: sqlTimeMs(now),
    outcome: result.outcome,
    exit_code: result.exit_code,
    signal: result.signal,
    error_class: result.error?.class ?? null,
    error_message: result.error?.message ?? null,
    error_url: result.error?.url ?? null,
    http_status: result.error?.http ?? null,
    rows: result.output?.rows ?? null,
    file_size_bytes: result.output?.bytes ?? null,
    metrics: result.metrics,
    peak_cpu_percent: result.peak?.cpu_percent ?? null,
    peak_memory_bytes: result.peak?.memory_bytes ?? null,
    verdict: result.checked?.verdict ?? null,
    findings: result.checked?.findings ?? [],
    facts: result.checked?.facts ?? null,
  }
}
