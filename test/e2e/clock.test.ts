import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Batch } from '../../src/domain/batch.ts'
import type { Slot } from '../../src/domain/schedule.ts'
import { inProcess } from '../cli/in-process.ts'
import { start, writeTree } from '../support/program.ts'
import { temporaryFolder, waitingWorkspace } from './workspace.ts'

const SET_CLOCK = fileURLToPath(new URL('../fixtures/set-clock.mjs', import.meta.url))
const DAY = 24 * 3600 * 1000
const SOON = { timeout: 20_000, interval: 50 }

test('a daemon whose clock jumps runs each slot once', { timeout: 60_000 }, async () => {
  const folder = temporaryFolder()
  const { path } = folder
  const clock = join(path, 'clock')
  /** Days by which the daemon's clock is ahead; whole at once for whoever reads it. */
  const set = (days: number) => {
    writeFileSync(`${clock}.next`, String(days * DAY))
    renameSync(`${clock}.next`, clock)
  }
  const ask = async (...args: string[]) =>
    JSON.parse((await inProcess([...args, '--json', '-w', path])).stdout) as {
      slots: Slot[]
      batches: Batch[]
    }
  const ended = async () => {
    const { batches } = await ask('batches')
    return batches.filter(({ status }) => status === 'completed').length
  }
  const decided = async () =>
    (await ask('schedule', 'slots')).slots.map(({ decision, batch_id }) => [decision, batch_id !== null])

  waitingWorkspace(path)
  const half = new Date(Date.now() + DAY / 2).getUTCHours()
  writeTree(path, {
    'zafra.yaml': `
execution: { max_cpu: 100, max_memory: 100, min_free_disk: 0 }
database: { backup_cron: '' }
schedule: [{ name: daily, cron: '0 ${half} * * *', time_zone: UTC, overlap: queue }]
`,
    go: '',
  })
  set(0)
  const node = [execPath, '--import', SET_CLOCK]
  const daemon = start(['daemon', 'run', '-w', path], { node, env: { CLOCK_FILE: clock } })
  let looks = 0
  /** Lets the daemon look at its clock now and not within half a minute; resolves when it has. */
  const look = async () => {
    looks += 1
    daemon.process.kill('SIGHUP')
    await daemon.says(new RegExp(`(nothing changed[^]*){${looks}}`))
    await inProcess(['unpause', '-w', path])
  }
  try {
    await daemon.says(/"msg":"ready"/)
    await inProcess(['unpause', '-w', path])
    set(1)
    await look()
    await expect.poll(ended, SOON).toBe(1)
    expect(await decided()).toEqual([['caught_up', true]])
    for (const days of [0, 1, 0]) {
      set(days)
      await look()
    }
    expect(await decided()).toEqual([['caught_up', true]])
    set(2)
    await look()
    await expect.poll(ended, SOON).toBe(2)
    expect(await decided()).toEqual([
      ['caught_up', true],
      ['caught_up', true],
    ])
  } finally {
    daemon.process.kill('SIGTERM')
    await daemon.ended
    folder.remove()
  }
})
