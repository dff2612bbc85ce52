import { describe, expect, it } from 'vitest'
import { ERROR_CLASSES, type ErrorClass } from '../../src/domain/error-class.ts'
import type { AttemptResult } from '../../src/domain/runner.ts'
import { judge } from '../../src/engine/judge.ts'

const NOW = new Date('2026-11-24T05:00:00Z')
const policy = { retry_delay: 60, retry_factor: 2, retry_max_delay: 600, retry_jitter: 0 }
const context = { now: NOW, policy, random: () => 0.5, held: false, not_before: null }

function result(set: Partial<AttemptResult>): AttemptResult {
  return {
    outcome: 'failed',
    exit_code: 1,
    signal: null,
    error: null,
    output: null,
    metrics: {},
    checked: null,
    peak: null,
    retry_after: null,
    ...set,
  }
}

function failedWith(errorClass: ErrorClass, held = false) {
  const error = { class: errorClass, message: 'no', url: null, http: null }
  return judge({ attempts: 2 }, result({ error }), { ...context, held })
}

describe('the end of an attempt', () => {
  it('takes over rows and bytes of the output', () => {
    const done = result({ outcome: 'completed', output: { rows: 12, bytes: 345 } })
    expect(judge({ attempts: 1 }, done, context)).toEqual({
      type: 'complete',
      at: '2026-11-24 05:00:00',
      rows: 12,
      bytes: 345,
      output: { output_check: null, output_complete: null, output_expected: null },
    })
  })

  it.each([
    ['cancelled', 'cancel'],
    ['interrupted', 'interrupt'],
  ] as const)('%s is no failure', (outcome, event) => {
    expect(judge({ attempts: 1 }, result({ outcome }), context).type).toBe(event)
  })

  const FINAL: readonly ErrorClass[] = ['layout_changed', 'not_found', 'config', 'input']
  it.each(ERROR_CLASSES)('class %s is retried unless a retry cannot mend it', (errorClass) => {
    const next = FINAL.includes(errorClass) ? 'never' : { retry_at: '2026-11-24 05:02:00' }
    expect(failedWith(errorClass)).toMatchObject({ type: 'fail', error_class: errorClass, next })
  })

  it.each([
    ['2026-11-24 05:01:00', '2026-11-24 05:02:00'],
    ['2026-11-24 06:00:00', '2026-11-24 06:00:00'],
  ])('plans no retry before %s, to which its site waits', (not_before, retry_at) => {
    const error = { class: 'transient', message: 'no', url: null, http: null } as const
    const event = judge({ attempts: 2 }, result({ error }), { ...context, not_before })
    expect(event).toMatchObject({ next: { retry_at } })
  })

  it('plans no retry while the batch does not run', () => {
    expect(failedWith('transient', true)).toMatchObject({ next: 'hold' })
    expect(failedWith('config', true)).toMatchObject({ next: 'never' })
  })
})
