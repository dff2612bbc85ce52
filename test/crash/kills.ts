import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src/cli/system-clock.ts'
import { between, seeded } from '../../src/demo/chance.ts'
import { isMissing } from '../../src/store/disk/files.ts'
import { openSnapshot } from '../../src/store/index.ts'
import { processesOf } from '../support/processes.ts'
import { Model } from './model.ts'
import { loadVictim, type Victim } from './victim.ts'
import { crashWorkspace, WHOLE } from './workspace.ts'

/** Kill after at most so many lines of what the engine says: from within its recovery to well into its work. */
const MOST_LINES = 24
/** And so many milliseconds after that line, so that the kill also falls between two of them. */
const MOST_MS = 6

/** An engine that has said nothing for so long is at rest, and is killed there. */
const QUIET_MS = 1_500

/** What came out of it; every list is empty when all is well. */
export interface Findings {
  kills: number
  acknowledged: number
  attempts: number
  /** How far the database was from what was acknowledged. */
  differences: string[]
  /** Attempts that ran twice, or that ran without having been written down. */
  ran: string[]
  outputs: string[]
  /** Processes of a dead engine, alive after the next start. */
  survivors: string[]
  /** Milliseconds from the start of the engine to the end of its recovery. */
  takeovers: number[]
}

/** Kills an engine at work `kills` times at places that `seed` chooses, and looks at what is there each time. */
export async function kill(kills: number, seed: number, progress: (kill: number) => void): Promise<Findings> {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'zafra-crash-')))
  await crashWorkspace(workspace)
  const random = seeded(seed)
  const model = new Model()
  const findings: Findings = {
    kills,
    acknowledged: 0,
    attempts: 0,
    differences: [],
    ran: [],
    outputs: [],
    survivors: [],
    takeovers: [],
  }
  let next = loadVictim(workspace, seed)
  try {
    for (let count = 1; count <= kills; count++) {
      const victim = next
      await victim.loaded
      next = loadVictim(workspace, seed + count)
      await workAndDie(
        victim,
        { model, workspace, findings },
        between(random, 1, MOST_LINES),
        random() * MOST_MS,
      )
      await look(count, workspace, model, findings)
      progress(count)
    }
    await next.loaded
    await openAndClose(next, { model, workspace, findings })
    await look(kills + 1, workspace, model, findings)
    return { ...findings, acknowledged: model.acknowledged, attempts: started(workspace).length }
  } finally {
    await next.kill()
    for (const pid of processesOf(workspace)) process.kill(pid, 'SIGKILL')
    rmSync(workspace, { recursive: true, force: true })
  }
}

interface Scene {
  model: Model
  workspace: string
  findings: Findings
}

/** Lets the engine go, and kills it `afterMs` after it has said `lines` lines. */
async function workAndDie(victim: Victim, scene: Scene, lines: number, afterMs: number): Promise<void> {
  const reached = Promise.withResolvers<void>()
  let left = lines
  // Anew with every line.
  let quiet = setTimeout(() => reached.resolve(), QUIET_MS)
  letGo(victim, scene, () => {
    clearTimeout(quiet)
    quiet = setTimeout(() => reached.resolve(), QUIET_MS)
    if (--left === 0) setTimeout(() => reached.resolve(), afterMs)
  })
  await Promise.race([reached.promise, victim.alive])
  await victim.kill()
  clearTimeout(quiet)
}

async function openAndClose(victim: Victim, scene: Scene): Promise<void> {
  const open = Promise.withResolvers<void>()
  letGo(victim, scene, (type) => type === 'open' && open.resolve())
  await Promise.race([open.promise, victim.alive])
  await victim.end()
}

function letGo(victim: Victim, { model, workspace, findings }: Scene, heard: (type: string) => void): void {
  const before = new Set(tagged(workspace))
  const start = performance.now()
  victim.go((said) => {
    if (said.type === 'open') {
      findings.takeovers.push(performance.now() - start)
      findings.survivors.push(...tagged(workspace).filter((each) => before.has(each)))
    }
    model.hear(said)
    heard(said.type)
  })
}

/** The living processes of the workspace's attempts, each with its attempt. */
function tagged(workspace: string): string[] {
  return processesOf(workspace).map((pid) => `${pid} ${attemptOf(pid)}`)
}

function attemptOf(pid: number): string {
  try {
    return /ZAFRA_RUN=([^\0]*)/.exec(readFileSync(`/proc/${pid}/environ`, 'latin1'))?.[1] ?? ''
  } catch {
    return ''
  }
}

async function look(count: number, workspace: string, model: Model, findings: Findings): Promise<void> {
  const say = (what: string) => `after kill ${count}: ${what}`
  const reads = await openSnapshot(join(workspace, 'orchestrator.db'), systemClock).catch(
    (error: unknown) => {
      if (model.acknowledged === 0) return undefined
      throw error
    },
  )
  if (!reads) return
  findings.differences.push(...(await model.differences(reads)).map(say))
  await reads.close()
  const seen = new Set<string>()
  for (const attempt of started(workspace)) {
    if (seen.has(attempt)) findings.ran.push(say(`${attempt} ran twice`))
    if (!model.knows(attempt)) findings.ran.push(say(`${attempt} ran without having been written down`))
    seen.add(attempt)
  }
  for (const { path, completed } of model.outputs()) {
    const text = read(join(workspace, path))
    if (text === undefined ? completed : !text.endsWith(WHOLE)) findings.outputs.push(say(`${path}: ${text}`))
  }
}

/** Each start of a scraper, as `<task>.<attempt>`. */
function started(workspace: string): string[] {
  return (read(join(workspace, 'started')) ?? '').split('\n').filter((line) => line !== '')
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
