import { expect, test } from 'vitest'
import { kill } from './kills.ts'

test('killed at any point, an engine loses nothing, repeats nothing and leaves nothing behind', async () => {
  const { takeovers, acknowledged, attempts, ...wrong } = await kill(30, 1, () => {})
  expect(wrong).toEqual({ kills: 30, differences: [], ran: [], outputs: [], survivors: [] })
  expect(takeovers.length).toBeGreaterThan(20)
  expect(acknowledged).toBeGreaterThan(60)
  expect(attempts).toBeGreaterThan(15)
}, 120_000)
