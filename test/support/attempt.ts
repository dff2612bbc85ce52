import type { Attempt } from '../../src/domain/attempt.ts'

/** An attempt that completed, unless said otherwise. */
export function attempt(set: Partial<Attempt> = {}): Attempt {
  return {
    task_id: 1,
    number: 1,
    tag: 'tag',
    started_at: '2026-09-01 08:00:00.000',
    ended_at: '2026-09-01 08:02:05.000',
    outcome: 'completed',
    exit_code: 0,
    signal: null,
    error_class: null,
    error_message: null,
    error_url: null,
    http_status: null,
    rows: null,
    file_size_bytes: null,
    metrics: {},
    log_path: 'logs/Sep26_01/1-1.log',
    peak_cpu_percent: null,
    peak_memory_bytes: null,
    verdict: null,
    findings: [],
    facts: null,
    accepted_at: null,
    ...set,
  }
}
