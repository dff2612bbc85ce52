import { expect, it } from 'vitest'
import { logPath, outputPath } from '../../src/domain/paths.ts'

const combination = { website: 'Inm24', city: 'Gdl', operation: 'Ven', product: 'Dep', variant: 1 }
const batch = { month_year: 'Sep25', execution_number: 1 }

it('puts an output where the contract says', () => {
  expect(outputPath(combination, batch, false)).toBe(
    'Inm24/Gdl/Ven/Dep/Sep25/01/Inm24_Gdl_Ven_Dep_Sep25_01.csv',
  )
})

it('names the list that feeds a detail scraper apart', () => {
  expect(outputPath(combination, batch, true)).toBe(
    'Inm24/Gdl/Ven/Dep/Sep25/01/Inm24URL_Gdl_Ven_Dep_Sep25_01.csv',
  )
})

it('gives a further URL of a combination its own file', () => {
  expect(outputPath({ ...combination, variant: 2 }, batch, false)).toMatch(/_Sep25_01-2\.csv$/)
})

it('gives every attempt its own log', () => {
  expect(logPath('Sep25_01', 7, 2)).toBe('Sep25_01/7-2.log')
})
