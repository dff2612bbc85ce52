import { expect, test } from 'vitest'
import { judgeClean, judgeFault, PLANTED_LISTS } from './judged.ts'
import { CLEAN } from './clean.ts'
import { FAULTS } from './faults-planted.ts'

test.each(FAULTS)('$what is caught', async (fault) => {
  expect((await judgeFault(fault)).filter(({ verdict }) => verdict === 'ok')).toEqual([])
})

test.each(CLEAN)('$what is no fault', async (clean) => {
  expect((await judgeClean(clean)).filter(({ verdict }) => verdict !== 'ok')).toEqual([])
})

test('there are lists of several portals, operations and types', () => {
  expect(PLANTED_LISTS.length).toBeGreaterThan(5)
})
