import { readdir } from 'node:fs/promises'
import { afterEach, expect, it } from 'vitest'
import type { Overview } from '../../src/domain/query.ts'
import { systemClock } from '../../src/cli/system-clock.ts'
import { createBackups } from '../../src/store/index.ts'
import { openBench, type Bench } from '../support/engine.ts'

let bench: Bench
afterEach(() => bench.close())

const ROW = 'CyT,Zapopan,venta,Casas,https://www.casasyterrenos.com/z'
const start = () => bench.engine.execute({ type: 'start_batch', filter: {} })
const ended = (overview: Overview) => overview.batch !== null && overview.batch.status !== 'running'

it('a batch is followed by a backup, for which the end of the engine waits', async () => {
  let made = 0
  bench = await openBench({
    lists: { 'cyt.csv': [`${ROW}/0?`] },
    backups: {
      make() {
        made += 1
        return createBackups(bench.config.database, systemClock).make()
      },
    },
  })
  await start()
  await bench.until(ended)
  await bench.reopen()
  expect(made).toBe(1)
  expect(await readdir(bench.config.database.backup_dir)).toEqual([
    expect.stringMatching(/^orchestrator_backup_\d{8}_\d{6}\.db\.gz$/),
  ])
})

it('a backup that fails, here after a batch that was cancelled, is an alert that holds nothing, until one succeeds', async () => {
  const made = { path: '', bytes: 0 }
  const answers = [() => Promise.reject(new Error('no room')), () => Promise.resolve(made)]
  bench = await openBench({
    lists: { 'cyt.csv': [`${ROW}/0?`, `${ROW.replace('Casas', 'Terrenos')}/1?1=hang`] },
    backups: { make: () => answers.shift()?.() ?? Promise.resolve(made) },
  })
  await start()
  await bench.until((now) => now.batch?.counts.completed === 1)
  await bench.engine.execute({ type: 'cancel_batch', batch_id: 'Nov26_01' })
  const { alerts } = await bench.until((now) => now.alerts.length > 0)
  expect(alerts).toEqual([{ code: 'backup', message: 'the last backup was not made: no room' }])
  await start()
  const { engine } = await bench.until((now) => now.batch?.counts.completed === 1)
  expect(engine.state).toBe('running')
  await bench.engine.execute({ type: 'cancel_batch', batch_id: 'Nov26_02' })
  await bench.until((now) => now.alerts.length === 0)
})
