import { expect, test } from 'vitest'
import { createScheduler } from '../../src/scheduler/index.ts'

const scheduler = createScheduler()
const now = new Date('2026-11-24T12:00:00Z')
const HOUR = 3600

/** Each slot by its age in seconds. */
const ages = (slots: readonly number[]) => slots.map((age) => new Date(now.getTime() - age * 1000))

test.each([
  ['once', [0], [true]],
  ['none', [0], [true]],
  ['none', [121], [false]],
  ['none', [2 * HOUR, HOUR, 60], [false, false, true]],
  ['once', [2 * HOUR, HOUR], [false, true]],
  ['once', [3 * HOUR, HOUR, 10], [false, false, true]],
  ['once', [30 * HOUR, 25 * HOUR], [false, false]],
  ['all', [30 * HOUR, 23 * HOUR, HOUR, 5], [false, true, true, true]],
  ['all', [], []],
] as const)('catch_up %s, slots %j seconds ago: %j are acted on', (catch_up, slots, acted) => {
  const verdicts = scheduler.decide({ catch_up, max_age: 24 * HOUR }, ages(slots), now)
  expect(verdicts.map(({ act }) => act)).toEqual(acted)
  expect(verdicts.map(({ slot }) => slot)).toEqual(ages(slots))
})

test('each verdict says why', () => {
  const why = (catch_up: 'once' | 'none', slots: number[]) =>
    scheduler.decide({ catch_up, max_age: 48 * HOUR }, ages(slots), now).map(({ reason }) => reason)
  expect(why('once', [72 * HOUR, 5 * HOUR, 3 * HOUR + 300])).toEqual([
    'due 3d 0h before it was looked at, longer than max_age',
    'the run for 2026-11-24 08:55:00 UTC makes up for it',
    'made up for 3h 5m later',
  ])
  expect(why('none', [600, 3])).toEqual(['due 10m before it was looked at; catch_up is none', 'on time'])
})
