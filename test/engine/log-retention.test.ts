import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Overview } from '../../src/domain/query.ts'
import { openBench, type Bench } from '../support/engine.ts'

const ROW = 'CyT,Zapopan,venta,Casas,https://www.casasyterrenos.com/z'
const ended = (overview: Overview) => overview.batch !== null && overview.batch.status !== 'running'

let bench: Bench
let old: string
beforeEach(async () => {
  bench = await openBench({ lists: { 'cyt.csv': [`${ROW}/0?`] } })
  old = join(bench.config.paths.logs, 'Ene20_01')
  mkdirSync(old, { recursive: true })
  writeFileSync(join(old, '9-1.log'), 'old\n')
  utimesSync(join(old, '9-1.log'), 0, 0)
})
afterEach(() => bench.close())

it('after a batch the old logs go, and its own stay', async () => {
  await bench.engine.execute({ type: 'start_batch', filter: {} })
  await bench.until(ended)
  await expect.poll(() => readdirSync(old), { timeout: 10_000 }).toEqual(['removed.jsonl'])
  expect(existsSync(join(bench.config.paths.logs, 'Nov26_01/1-1.log'))).toBe(true)
})

it('one that cannot be removed is an alert, and the batch has ended all the same', async () => {
  const stuck = join(old, '8-1.log')
  mkdirSync(stuck)
  utimesSync(stuck, 0, 0)
  await bench.engine.execute({ type: 'start_batch', filter: {} })
  const { alerts, batch } = await bench.until((now) => now.alerts.length > 0)
  expect(alerts).toMatchObject([{ code: 'logs' }])
  expect(batch?.status).toBe('completed')
})
