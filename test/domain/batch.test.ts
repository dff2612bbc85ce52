import { describe, expect, it } from 'vitest'
import {
  BATCH_EVENTS,
  BATCH_STATUSES,
  batchTransition,
  type BatchEvent,
  type BatchStatus,
} from '../../src/domain/batch.ts'
import { batchId, monthYear, parseBatchId } from '../../src/domain/batch-id.ts'

const AT = '2026-11-24 05:00:00'

const EVENTS: Record<BatchEvent['type'], BatchEvent> = {
  finish: { type: 'finish', at: AT, completed_tasks: 1, minutes: 5 },
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

  it('has failed only when nothing at all completed', () => {
    const finish = (completed_tasks: number) =>
      batchTransition('running', { type: 'finish', at: AT, completed_tasks, minutes: 5 })?.status
    expect(finish(0)).toBe('failed')
    expect(finish(1)).toBe('completed')
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

  it('reads back what it writes', () => {
    expect(batchId('Sep25', 1)).toBe('Sep25_01')
    expect(parseBatchId('Sep25_12')).toEqual({ month_year: 'Sep25', execution_number: 12 })
  })

  it.each(['', 'Sep25', 'Sep25_1', '../x_01', 'Sep25_01; DROP'])('refuses %j', (text) => {
    expect(() => parseBatchId(text)).toThrow(/not a batch id/)
  })
})
