import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openSnapshot } from '../../src/store/index.ts'
import { makeFolder, newBatch, open, options, planned, standingClock } from './support.ts'

const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url))
const KILLS = 5

/** Lets a process write until it has acknowledged `count` changes, then kills it. Returns the last one it said. */
async function killAfter(path: string, count: number): Promise<number> {
  const child = spawn(process.execPath, [WRITER, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (data) => {
    said += String(data)
    if (said.split('\n').length > count) child.kill('SIGKILL')
  })
  await once(child, 'close')
  return Number(said.split('\n').at(-2))
}

test('every acknowledged change survives a kill, at most one more than acknowledged is there', async () => {
  const folder = await makeFolder()
  const { path } = options(folder)
  const store = await open(folder)
  await store.insertBatch(newBatch(), [planned()], 3)
  await store.close()
  let last = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const acknowledged = await killAfter(path, 3 + kill * 9)
    expect(acknowledged).toBeGreaterThan(last)
    const reads = await openSnapshot(path, standingClock())
    last = Number((await reads.task(1))?.error_message)
    await reads.close()
    expect(last - acknowledged).toBeGreaterThanOrEqual(0)
    expect(last - acknowledged).toBeLessThanOrEqual(1)
  }
}, 60_000)
