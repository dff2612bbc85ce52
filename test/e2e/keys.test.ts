import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestTerminal } from '../support/terminal.ts'
import { processesOf } from '../support/processes.ts'
import { leaveNothing, select, temporaryFolder, waitingWorkspace, zafra } from './workspace.ts'

let folder: ReturnType<typeof temporaryFolder>
let terminal: TestTerminal

beforeEach(() => {
  folder = temporaryFolder()
  waitingWorkspace(folder.path)
  terminal = zafra(['run', '-w', folder.path], { columns: 120, rows: 40 })
})
afterEach(async () => {
  await leaveNothing(terminal)
  folder.remove()
})

test(
  'a task is cancelled by key, only when that is confirmed, and retried by key',
  { timeout: 90_000 },
  async () => {
    await terminal.until(
      (screen) => screen.includes('2 running') && screen.includes('1 completed'),
      'two tasks that wait',
    )
    await expect.poll(() => processesOf(folder.path).length, { timeout: 10_000 }).toBeGreaterThan(3)
    terminal.send('\tc')
    await terminal.until((screen) => screen.includes('Cancel CyT Gdl Ven Cas?'), 'the question')
    terminal.send('\u001b')
    await terminal.until((screen) => !screen.includes('Cancel CyT'), 'no question')
    expect(terminal.screen()).toContain('2 running')
    terminal.send('c')
    await terminal.until((screen) => screen.includes('Cancel CyT Gdl Ven Cas?'), 'the question again')
    terminal.send('y')
    await terminal.until((screen) => screen.includes('1 cancelled'), 'the task cancelled', 15_000)
    await terminal.until(
      (screen) => screen.includes('1 running') && screen.includes('4 completed'),
      'the others done',
    )

    terminal.send('\u001b[Z')
    await terminal.until((screen) => screen.includes('r retry'), 'the site in hand')
    writeFileSync(join(folder.path, 'go'), '')
    terminal.send('r')
    await terminal.until(
      (screen) => screen.includes('✓ completed') && screen.includes('6/6'),
      'all of it done',
      20_000,
    )
    terminal.send('q')
    expect(await terminal.ended).toEqual({ exit_code: 0, signal: 0 })
    expect(processesOf(folder.path)).toEqual([])
    const attempts = select(
      folder.path,
      'SELECT outcome FROM task_attempts WHERE task_id = 2 ORDER BY number',
    )
    expect(attempts.map((attempt) => attempt.outcome)).toEqual(['cancelled', 'completed'])
  },
)

test(
  'quitting while tasks run asks, and stopping leaves no process and no half result',
  { timeout: 60_000 },
  async () => {
    await terminal.until(
      (screen) => screen.includes('2 running') && screen.includes('1 completed'),
      'two tasks that wait',
    )
    terminal.send('q')
    await terminal.until((screen) => /running tasks? would be cut short/.test(screen), 'the question')
    terminal.send('s')
    expect(await terminal.ended).toEqual({ exit_code: 130, signal: 0 })
    expect(processesOf(folder.path)).toEqual([])
    const tasks = select(
      folder.path,
      "SELECT status, attempts FROM scraping_tasks WHERE city IN ('Gdl', 'Ton')",
    )
    expect(tasks.map((task) => ({ ...task }))).toEqual([
      { status: 'pending', attempts: 0 },
      { status: 'pending', attempts: 0 },
    ])
  },
)
