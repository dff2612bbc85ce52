import { describe, expect, test } from 'vitest'
import { createScheduler } from '../../src/scheduler/index.ts'
import { local } from './zones.ts'

const scheduler = createScheduler()

/** Slots in UTC (`03-29 01:00`) with what the clocks show then (`03:00`). */
function slots(cron: string, time_zone: string, after: string, count: number): string[] {
  return scheduler
    .next({ cron, time_zone }, new Date(`${after}Z`), count)
    .map(
      (slot) =>
        `${slot.toISOString().slice(5, 16).replace('T', ' ')} ${local(slot, time_zone).slice(11, 16)}`,
    )
}

describe('in spring, when the clocks jump', () => {
  test.each([
    [
      'a job in the gap',
      '30 2 * * *',
      'Europe/Madrid',
      '2026-03-28T12:00',
      ['03-29 01:00 03:00', '03-30 00:30 02:30'],
    ],
    [
      'one in New York',
      '30 2 * * *',
      'America/New_York',
      '2026-03-08T00:00',
      ['03-08 07:00 03:00', '03-09 06:30 02:30'],
    ],
    [
      'a gap of half an hour',
      '15 2 * * *',
      'Australia/Lord_Howe',
      '2026-10-03T00:00',
      ['10-03 15:30 02:30', '10-04 15:15 02:15'],
    ],
    [
      'several in the gap',
      '0,20,40 2 * * *',
      'Europe/Madrid',
      '2026-03-28T12:00',
      ['03-29 01:00 03:00', '03-30 00:00 02:00'],
    ],
    [
      'one in the gap and one at its end',
      '0 2,3 * * *',
      'Europe/Madrid',
      '2026-03-28T12:00',
      ['03-29 01:00 03:00', '03-30 00:00 02:00'],
    ],
    [
      'a gap at midnight',
      '0 0 * * *',
      'America/Havana',
      '2026-03-07T12:00',
      ['03-08 05:00 01:00', '03-09 04:00 00:00'],
    ],
    [
      'a day that was left out',
      '0 5 * * *',
      'Pacific/Apia',
      '2011-12-29T15:00',
      ['12-30 10:00 00:00', '12-30 15:00 05:00', '12-31 15:00 05:00'],
    ],
    [
      'every half hour',
      '*/30 * * * *',
      'Europe/Madrid',
      '2026-03-29T00:00',
      ['03-29 00:30 01:30', '03-29 01:00 03:00', '03-29 01:30 03:30'],
    ],
    [
      'every hour at a quarter past',
      '15 * * * *',
      'America/New_York',
      '2026-03-08T05:30',
      ['03-08 06:15 01:15', '03-08 07:15 03:15', '03-08 08:15 04:15'],
    ],
    [
      'every ten minutes of some hours',
      '*/10 2 * * *',
      'Europe/Madrid',
      '2026-03-28T12:00',
      ['03-29 01:00 03:00', '03-30 00:00 02:00'],
    ],
  ])('%s', (_, cron, zone, after, expected) => {
    expect(slots(cron, zone, after, expected.length)).toEqual(expected)
  })
})

describe('in autumn, when an hour comes twice', () => {
  test.each([
    [
      'a job in the fold',
      '30 2 * * *',
      'Europe/Madrid',
      '2026-10-24T12:00',
      ['10-25 00:30 02:30', '10-26 01:30 02:30'],
    ],
    [
      'one in New York',
      '30 1 * * *',
      'America/New_York',
      '2026-11-01T00:00',
      ['11-01 05:30 01:30', '11-02 06:30 01:30'],
    ],
    [
      'a fold of half an hour',
      '45 1 * * *',
      'Australia/Lord_Howe',
      '2026-04-04T00:00',
      ['04-04 14:45 01:45', '04-05 15:15 01:45'],
    ],
    [
      'a fold before midnight',
      '30 23 * * *',
      'America/Sao_Paulo',
      '2018-02-17T12:00',
      ['02-18 01:30 23:30', '02-19 02:30 23:30'],
    ],
    [
      'every half hour',
      '*/30 * * * *',
      'Europe/Madrid',
      '2026-10-25T00:00',
      ['10-25 00:30 02:30', '10-25 01:00 02:00', '10-25 01:30 02:30', '10-25 02:00 03:00'],
    ],
    [
      'every half hour of half an hour',
      '*/30 * * * *',
      'Australia/Lord_Howe',
      '2026-04-04T14:00',
      ['04-04 14:30 01:30', '04-04 15:00 01:30', '04-04 15:30 02:00'],
    ],
    [
      'every hour',
      '5 * * * *',
      'Europe/Madrid',
      '2026-10-25T00:00',
      ['10-25 00:05 02:05', '10-25 01:05 02:05', '10-25 02:05 03:05'],
    ],
    [
      'every half hour of some hours',
      '*/30 1-3 * * *',
      'Europe/Madrid',
      '2026-10-25T00:00',
      ['10-25 00:30 02:30', '10-25 01:00 02:00', '10-25 01:30 02:30', '10-25 02:00 03:00'],
    ],
    [
      'every other hour',
      '0 */2 * * *',
      'Europe/Madrid',
      '2026-10-24T22:30',
      ['10-25 00:00 02:00', '10-25 03:00 04:00'],
    ],
  ])('%s', (_, cron, zone, after, expected) => {
    expect(slots(cron, zone, after, expected.length)).toEqual(expected)
  })
})
