import type { Random } from './clock.ts'

export interface RetryPolicy {
  /** Seconds before the second attempt. */
  retry_delay: number
  /** Each further delay is this many times the last. */
  retry_factor: number
  /** Seconds; no delay is longer. */
  retry_max_delay: number
  /** 0 to 1: the share of the delay by which it is moved, either way, so that retries do not march in step. */
  retry_jitter: number
}

/** Seconds to wait after attempt number `used` (from 1) failed. */
export function retryDelay(policy: RetryPolicy, used: number, random: Random): number {
  const plain = Math.min(policy.retry_delay * policy.retry_factor ** (used - 1), policy.retry_max_delay)
  return plain * (1 + policy.retry_jitter * (2 * random() - 1))
}

/** Seconds for which a site is paused, the `level`-th time in a row (from 1). */
export function sitePause(
  policy: { pause: number; pause_factor: number; pause_max: number },
  level: number,
): number {
  return Math.min(policy.pause * policy.pause_factor ** (level - 1), policy.pause_max)
}
