import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { createMachine } from '../../src/runner/index.ts'

test('the load is in the bounds of its units, and a busy machine is seen to be busy', async () => {
  const machine = createMachine(tmpdir())
  // The kernel counts in hundredths of a second.
  const until = performance.now() + 200
  while (performance.now() < until);
  const load = await machine.load()
  expect(load.cpu_percent).toBeGreaterThan(10)
  expect(load.cpu_percent).toBeLessThanOrEqual(100)
  expect(load.memory_percent).toBeGreaterThan(0)
  expect(load.memory_percent).toBeLessThan(100)
  expect(load.free_disk_bytes).toBeGreaterThan(0)
  await expect(createMachine('/no/such/place').load()).rejects.toThrow('ENOENT')
})

test('one who asks often takes nothing from the reading of another', async () => {
  const machine = createMachine(tmpdir())
  const busyUntil = performance.now() + 700
  while (performance.now() < busyUntil);
  const first = await machine.load()
  expect(await machine.load()).toMatchObject({ cpu_percent: first.cpu_percent })
  expect(first.cpu_percent).toBeGreaterThan(10)
})
