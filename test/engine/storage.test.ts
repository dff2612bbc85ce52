import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, it } from 'vitest'
import { openBench, type Bench } from '../support/engine.ts'
import { faultyDisk } from '../store/faulty-disk.ts'

let bench: Bench
afterEach(() => bench.close())

const list = (...behaviours: string[]) =>
  behaviours.map(
    (does, at) =>
      `CyT,Zapopan,venta,${['Casas', 'Departamentos', 'Terrenos'][at]},https://www.casasyterrenos.com/${at}?${does}`,
  )

it('stops dispatching while the disk refuses, loses nothing that ran, and goes on by itself', async () => {
  const disk = faultyDisk()
  bench = await openBench({
    lists: { 'cyt.csv': list('', '', '') },
    config: { execution: { max_parallel: 1 } },
    files: disk.files,
  })
  // From the very moment of the first start: a task of this kind is over in no time.
  const free = bench.engine.subscribe((event) => {
    if (event.type === 'task' && event.task.status === 'running') disk.full = true
  })
  await bench.engine.execute({ type: 'start_batch', filter: {} })
  const held = await bench.until((now) => now.alerts.some(({ code }) => code === 'storage'), 'an alert')
  expect(held.engine.state).toBe('held')
  expect(held.alerts).toContainEqual({
    code: 'storage',
    message: expect.stringMatching(/^nothing new starts: .*ENOSPC.*make room/),
  })
  const starts = bench.starts().length
  const refusedBefore = disk.calls
  await bench.until(() => {
    bench.clock.advance(2_000)
    return disk.calls > refusedBefore + 3
  }, 'further tries')
  expect(bench.starts()).toHaveLength(starts)
  await expect(bench.engine.execute({ type: 'pause' })).rejects.toMatchObject({ code: 'storage' })

  free()
  disk.full = false
  const end = await bench.until((now) => {
    bench.clock.advance(2_000)
    return now.batch?.status === 'completed'
  }, 'the end of the batch')
  expect(end.batch).toMatchObject({ completed_tasks: 3, failed_tasks: 0 })
  expect(end.alerts).toEqual([])
  for (const { id } of await bench.tasks()) {
    const { attempts } = await bench.engine.query({ type: 'task', id })
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['completed'])
  }
})

it('says that another program changed the database, and works on', async () => {
  bench = await openBench({
    lists: { 'cyt.csv': list('', '') },
    config: { database: { snapshot_interval: 0.05 } },
  })
  const program = new DatabaseSync(bench.config.database.path)
  program.exec("INSERT INTO pauses VALUES ('CyT', '2026-01-01 00:00:00', NULL, 'by hand', 0)")
  program.close()
  await bench.engine.execute({ type: 'start_batch', filter: {} })
  const { alerts, engine } = await bench.until(
    (now) => now.batch?.status === 'completed' && now.alerts.length > 0,
    'an alert and the end',
  )
  expect(alerts).toEqual([{ code: 'changed', message: expect.stringContaining('.changed-') }])
  expect(engine.state).toBe('idle')
})
