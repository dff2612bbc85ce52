import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { acquireLock } from '../../src/store/index.ts'
import { select, temporaryFolder, waitingWorkspace, zafra } from '../e2e/workspace.ts'
import { until } from '../support/attempts.ts'
import { processesOf } from '../support/processes.ts'

/** How the terminal is lost: by a signal alone, or for good, under the TUI or under lines. */
export const WAYS = ['signal', 'closed', 'closed under lines'] as const
export type Way = (typeof WAYS)[number]

/** What became of a run of six tasks, two of which ran when the terminal was lost. */
export interface HangUp {
  /** Milliseconds until the engine went on without the terminal. */
  gone_ms: number
  completed: number
  /** Whether another engine can have the workspace afterwards. */
  free: boolean
  log: string
}

const WHILE_MS = 500

/** @throws where a process spins, tasks end with the terminal, or something does not come about */
export async function hangUp(way: Way): Promise<HangUp> {
  const folder = temporaryFolder()
  waitingWorkspace(folder.path)
  const lines = way === 'closed under lines'
  const args = ['run', '-v', '-w', folder.path, ...(lines ? ['--headless'] : [])]
  const terminal = zafra(args, { columns: 120, rows: 40 })
  const path = join(folder.path, 'logs', 'engine.log')
  const log = () => (existsSync(path) ? readFileSync(path, 'utf8') : '')
  try {
    await terminal.until((screen) => (screen.match(/running/g)?.length ?? 0) >= 2, 'tasks that run')
    await until(() => processesOf(folder.path).length > 3, 'two scrapers and their children')
    const began = performance.now()
    if (way === 'signal') terminal.kill('SIGHUP')
    else terminal.close()
    await until(() => log().includes('goes on without a terminal'), 'an engine without a terminal')
    const gone_ms = Math.round(performance.now() - began)
    await until(() => rests(terminal.pid), 'a process at rest')
    if (processesOf(folder.path).length <= 3) throw new Error('the tasks did not outlive the terminal')
    writeFileSync(join(folder.path, 'go'), '')
    await until(() => !existsSync(`/proc/${terminal.pid}`), 'the end of the process')
    const completed = select(folder.path, "SELECT id FROM scraping_tasks WHERE status = 'completed'").length
    const lock = acquireLock(join(folder.path, '.zafra'), new Date())
    lock?.release()
    return { gone_ms, completed, free: lock !== undefined, log: log() }
  } finally {
    terminal.end()
    folder.remove()
  }
}

/** Whether a process does next to nothing for a while; one that spins does not, however busy the machine is. */
async function rests(pid: number): Promise<boolean> {
  const before = cpuMilliseconds(pid)
  await new Promise((resolve) => setTimeout(resolve, WHILE_MS))
  return cpuMilliseconds(pid) - before <= WHILE_MS / 25
}

/** Processor time that a process has used so far; a clock tick is ten milliseconds. */
function cpuMilliseconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? []
  return 10 * (Number(fields[11]) + Number(fields[12]))
}
