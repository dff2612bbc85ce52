import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  TASK_EVENTS,
  TASK_STATUSES,
  allowedFrom,
  transition,
  type TaskEvent,
  type TaskStatus,
} from '../../src/domain/task.ts'

const AT = '2026-11-24 05:00:00'

const EVENTS: Record<TaskEvent['type'], TaskEvent> = {
  start: { type: 'start', at: AT },
  complete: { type: 'complete', at: AT, rows: 7, bytes: 70 },
  fail: { type: 'fail', at: AT, error_class: 'transient', message: 'reset', next: { retry_at: AT } },
  interrupt: { type: 'interrupt' },
  cancel: { type: 'cancel', at: AT },
  skip: { type: 'skip', at: AT, reason: 'its main task failed' },
  reactivate: { type: 'reactivate' },
  retry: { type: 'retry' },
  refuse: { type: 'refuse' },
}

// The whole machine: where each event leads from each status with attempts left; `-` where it means nothing.
const TABLE: Record<TaskStatus, Record<TaskEvent['type'], TaskStatus | '-'>> = {
  pending: {
    start: 'running',
    complete: '-',
    fail: '-',
    interrupt: '-',
    cancel: 'cancelled',
    skip: 'skipped',
    reactivate: '-',
    retry: '-',
    refuse: '-',
  },
  running: {
    start: '-',
    complete: 'completed',
    fail: 'retrying',
    interrupt: 'pending',
    cancel: 'cancelled',
    skip: '-',
    reactivate: '-',
    retry: '-',
    refuse: '-',
  },
  retrying: {
    start: 'running',
    complete: '-',
    fail: '-',
    interrupt: '-',
    cancel: 'cancelled',
    skip: '-',
    reactivate: '-',
    retry: 'pending',
    refuse: '-',
  },
  failed: {
    start: '-',
    complete: '-',
    fail: '-',
    interrupt: '-',
    cancel: 'cancelled',
    skip: '-',
    reactivate: '-',
    retry: 'pending',
    refuse: '-',
  },
  permanently_failed: {
    start: '-',
    complete: '-',
    fail: '-',
    interrupt: '-',
    cancel: '-',
    skip: '-',
    reactivate: '-',
    retry: 'pending',
    refuse: '-',
  },
  skipped: {
    start: '-',
    complete: '-',
    fail: '-',
    interrupt: '-',
    cancel: '-',
    skip: '-',
    reactivate: 'pending',
    retry: '-',
    refuse: '-',
  },
  cancelled: {
    start: '-',
    complete: '-',
    fail: '-',
    interrupt: '-',
    cancel: '-',
    skip: '-',
    reactivate: '-',
    retry: 'pending',
    refuse: '-',
  },
  completed: {
    start: '-',
    complete: '-',
    fail: '-',
    interrupt: '-',
    cancel: '-',
    skip: '-',
    reactivate: '-',
    retry: '-',
    refuse: 'pending',
  },
}

const CELLS = TASK_STATUSES.flatMap((status) => TASK_EVENTS.map((event) => ({ status, event })))

describe('the task state machine', () => {
  it.each(CELLS)('$status × $event', ({ status, event }) => {
    const patch = transition({ status, attempts: 1, max_attempts: 3 }, EVENTS[event])
    expect(patch?.status ?? '-').toBe(TABLE[status][event])
    expect(allowedFrom(event).includes(status)).toBe(patch !== undefined)
  })

  it('ends for good when the attempts are used up or a retry cannot mend it', () => {
    const fail = (next: Extract<TaskEvent, { type: 'fail' }>['next'], attempts: number) =>
      transition(
        { status: 'running', attempts, max_attempts: 3 },
        { type: 'fail', at: AT, error_class: 'transient', message: 'reset', next },
      )?.status
    expect(fail({ retry_at: AT }, 2)).toBe('retrying')
    expect(fail({ retry_at: AT }, 3)).toBe('permanently_failed')
    expect(fail('hold', 2)).toBe('failed')
    expect(fail('hold', 3)).toBe('permanently_failed')
    expect(fail('never', 1)).toBe('permanently_failed')
  })

  it('uses up no attempt when it is interrupted, and starts the count again on a manual retry', () => {
    expect(transition({ status: 'running', attempts: 2, max_attempts: 3 }, EVENTS.interrupt)?.attempts).toBe(
      1,
    )
    expect(
      transition({ status: 'permanently_failed', attempts: 3, max_attempts: 3 }, EVENTS.retry)?.attempts,
    ).toBe(0)
  })

  it('keeps the document’s constraint on attempts through any walk', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...TASK_EVENTS)),
        fc.integer({ min: 1, max: 5 }),
        (walk, max_attempts) => {
          let task = { status: 'pending' as TaskStatus, attempts: 0, max_attempts }
          for (const event of walk) task = { ...task, ...transition(task, EVENTS[event]) }
          expect(task.attempts).toBeGreaterThanOrEqual(0)
          expect(task.attempts).toBeLessThanOrEqual(max_attempts)
        },
      ),
    )
  })

  it('has a due time exactly while it waits for its retry', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...TASK_EVENTS)), (walk) => {
        let task = {
          status: 'pending' as TaskStatus,
          attempts: 0,
          max_attempts: 3,
          retry_at: null as string | null,
        }
        for (const event of walk) task = { ...task, ...transition(task, EVENTS[event]) }
        expect(task.retry_at === null).toBe(task.status !== 'retrying')
      }),
    )
  })
})
