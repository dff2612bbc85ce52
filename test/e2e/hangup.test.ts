import { expect, test } from 'vitest'
import { hangUp, WAYS } from '../stress/hangups.ts'

test.each(WAYS)('the harvest outlives its terminal: %s', { timeout: 60_000 }, async (way) => {
  const { gone_ms, completed, free, log } = await hangUp(way)
  expect(gone_ms).toBeLessThan(1000)
  expect({ completed, free }).toEqual({ completed: 6, free: true })
  const lines = log.trimEnd().split('\n')
  for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z [^\p{Cc}]*$/u)
  expect(log).toMatch(/completed +2 {2}cyt CyT Gdl Ven Cas {2}1 row/)
  expect(log).toMatch(/completed in \d+s: 6 completed; 6 rows/)
})
