import { describe, expect, it } from 'vitest'
import {
  BATCH_EVENTS,
  BATCH_STATUSES,
  batchTransition,
  type BatchEvent,
  type BatchStatus,
} from '../../src/domain/batch.ts'
import { batchId, monthYear } from '../../src/domain/batch-id.ts'

const AT = '2026-11-24 05:00:00'

const EVENTS: Record<BatchEvent['type'], BatchEvent> = {
  finish: { type: 'finish', at: AT, completed: 1, failed: 0, cancelled: 0, minutes: 5 },
  cancel: { type: 'cancel', at: AT, minutes: 5 },
  resume: { type: 'resume' },
}

const TABLE: Record<BatchStatus, Record<BatchEvent['type'], BatchStatus | '-'>> = {
  running: { finish: 'completed', cancel: 'cancelled', resume: '-' },
  completed: { finish: '-', cancel: '-', resume: 'running' },
  failed: { finish: '-', cancel: '-', resume: 'running' },
  cancelled: { finish: '-', cancel: '-', resume: 'running' },
}

describe('the batch state machine', () => {
  it.each(BATCH_STATUSES.flatMap((status) => BATCH_EVENTS.map((event) => ({ status, event }))))(
    '$status × $event',
    ({ status, event }) => {
      expect(batchTransition(status, EVENTS[event])?.status ?? '-').toBe(TABLE[status][event])
    },
  )

  it.each([
    [{ completed: 1, failed: 5, cancelled: 5 }, 'completed'],
    [{ completed: 0, failed: 1, cancelled: 5 }, 'failed'],
    [{ completed: 0, failed: 0, cancelled: 5 }, 'cancelled'],
    [{ completed: 0, failed: 0, cancelled: 0 }, 'failed'],
  ] as const)('%j ends as %s', (counts, status) => {
    expect(batchTransition('running', { type: 'finish', at: AT, minutes: 5, ...counts })?.status).toBe(status)
  })
})

describe('batch ids', () => {
  it.each([
    ['2025-09-16T10:00:00Z', 'America/Mexico_City', 'es', 'Sep25'],
    ['2026-01-01T03:00:00Z', 'America/Mexico_City', 'es', 'Dic25'],
    ['2026-01-01T03:00:00Z', 'UTC', 'es', 'Ene26'],
    ['2026-08-01T12:00:00Z', 'UTC', 'en', 'Aug26'],
  ] as const)('%s in %s (%s) is %s', (moment, zone, locale, expected) => {
    expect(monthYear(new Date(moment), zone, locale)).toBe(expected)
  })

  it('numbers the batches of a month', () => {
    expect([batchId('Sep25', 1), batchId('Sep25', 12)]).toEqual(['Sep25_01', 'Sep25_12'])
  })
})
