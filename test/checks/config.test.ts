import { expect, test } from 'vitest'
import { load } from '../config/workspace.ts'

test('a site may have thresholds of its own, and keeps the others', async () => {
  const { config, notices } = await load(
    'checks: { rows_low: 0.5, coverage: { titulo: 1 } }\nsites: { CyT: { checks: { rows_low: 0.2 } } }\n',
  )
  expect(config.checks).toMatchObject({ rows_low: 0.5, rows_high: 3, coverage: { url: 0.95, titulo: 1 } })
  expect(config.sites['CyT']?.checks).toEqual({ rows_low: 0.2 })
  expect(config.sites['Lam']?.checks).toEqual({})
  expect(notices).toEqual([])
})

test.each([
  ['rows_lo: 1', 'zafra.yaml:1:11: checks.rows_lo is not a setting; did you mean rows_low?'],
  ['rows_low: 2', 'zafra.yaml:1:21: checks.rows_low: expected a number from 0 to 1, found 2'],
  ['slow: 0.5', 'zafra.yaml:1:17: checks.slow: expected a number of at least 1, found 0.5'],
  ['price_rent: [9, 1]', 'checks.price_rent: expected a least that is not above the most, found [9,1]'],
  ['price_rent: 5', 'checks.price_rent: expected a least and a most, such as [500, 2000000], found 5'],
  ['coverage: { url: many }', 'checks.coverage.url: expected a number from 0 to 1, found "many"'],
])('checks { %s } is refused', async (yaml, message) => {
  await expect(load(`checks: { ${yaml} }\n`)).rejects.toMatchObject({
    code: 'config',
    message: expect.stringContaining(message) as string,
  })
})
