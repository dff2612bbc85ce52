import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestTerminal } from '../support/terminal.ts'
import { processesOf } from '../support/processes.ts'
import { leaveNothing, select, temporaryFolder, waitingWorkspace, zafra } from './workspace.ts'

let folder: ReturnType<typeof temporaryFolder>
const opened: TestTerminal[] = []

beforeEach(() => {
  folder = temporaryFolder()
  waitingWorkspace(folder.path)
})
afterEach(async () => {
  for (const terminal of opened.splice(0)) await leaveNothing(terminal)
  folder.remove()
})

function start(...args: string[]): TestTerminal {
  const terminal = zafra([...args, '-w', folder.path], { columns: 120, rows: 40 })
  opened.push(terminal)
  return terminal
}

test(
  'after a SIGKILL the next start reaps what runs, and resume finishes without repeating anything',
  { timeout: 90_000 },
  async () => {
    const killed = start('run')
    await killed.until(
      (screen) => screen.includes('2 running') && screen.includes('1 completed'),
      'two tasks that wait',
    )
    await expect.poll(() => processesOf(folder.path).length, { timeout: 10_000 }).toBeGreaterThan(3)
    killed.kill('SIGKILL')
    await killed.ended
    expect(processesOf(folder.path).length).toBeGreaterThan(3)

    const status = start('status')
    await status.until((screen) => screen.includes('interrupted'), 'the true state')
    expect((await status.ended).exit_code).toBe(0)

    writeFileSync(join(folder.path, 'go'), '')
    const resumed = start('resume', '--headless')
    expect(await resumed.ended).toEqual({ exit_code: 0, signal: 0 })
    expect(processesOf(folder.path)).toEqual([])
    expect(resumed.screen()).toContain('6 completed')

    const ends = select(
      folder.path,
      'SELECT task_id, number, outcome FROM task_attempts ORDER BY task_id, number',
    )
    const byTask = Map.groupBy(ends, (end) => Number(end.task_id))
    for (const [id, attempts] of byTask) {
      const cut = id === 2 || id === 3
      expect(attempts.map((attempt) => attempt.outcome)).toEqual(
        cut ? ['interrupted', 'completed'] : ['completed'],
      )
    }
    const starts = readFileSync(join(folder.path, 'started'), 'utf8').trim().split('\n')
    expect(starts.sort()).toEqual(['1', '2', '2', '3', '3', '4', '5', '6'])
  },
)
