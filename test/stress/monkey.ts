import { DatabaseSync } from 'node:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import type { Random } from '../../src/domain/clock.ts'
import { between, seeded } from '../../src/demo/chance.ts'
import { wrongRows } from '../support/cells.ts'
import { PROGRAM } from '../support/program.ts'
import { openTerminal, type TestTerminal } from '../support/terminal.ts'
import { anyKeys, anySize } from './monkey-keys.ts'

export interface Told {
  seed: number
  keys: number
  resizes: number
  /** How often the picture was stopped and held against a fresh one. */
  looks: number
  wrong: string[]
  /** How often it left by a command from the palette, and was started again. */
  left: number
  /** How it ended otherwise than by leaving; empty: never. */
  crashes: string[]
  /** Tasks and attempts cancelled; nothing here says yes to that. */
  cancelled: number
  restored: boolean
}

const BLOCK = 60
const ESCAPE = '\u001b'
const NOTHING = '§'
const TRIES = 5
/** What the screen says while it stands still. */
const FROZEN = 'frozen: z lets'

/** `count` random keys at the real program during a batch at portals that misbehave; the same ones for the same seed. */
export async function monkey(count: number, seed: number): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'zafra-monkey-'))
  const told: Told = {
    seed,
    keys: 0,
    resizes: 0,
    looks: 0,
    wrong: [],
    left: 0,
    crashes: [],
    cancelled: 0,
    restored: false,
  }
  const random = seeded(seed)
  try {
    let terminal = await open(folder)
    while (told.keys < count && told.crashes.length === 0) {
      const over = await Promise.race([terminal.ended, block(terminal, random, told)])
      if (over === undefined) continue
      if (over.exit_code === 0 && over.signal === 0) told.left += 1
      else told.crashes.push(`${over.exit_code} ${over.signal}: ${terminal.screen()}`)
      terminal = await open(folder)
    }
    await leave(terminal)
    const { alternate, cursor, paste, mouse } = terminal.modes()
    told.restored = !alternate && cursor && !paste && !mouse
    told.cancelled = cancelled(folder)
    return told
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function open(folder: string): Promise<TestTerminal> {
  const args = [PROGRAM, 'demo', folder, '--faults', '--speed', '2']
  const terminal = openTerminal(execPath, args, { columns: 120, rows: 40 })
  await terminal.until((screen) => screen.includes('q quit'), 'the dashboard')
  return terminal
}

/** Some resizes, many keys, and a look at what came of it. */
async function block(terminal: TestTerminal, random: Random, told: Told): Promise<undefined> {
  if (random() < 0.4) {
    for (let left = between(random, 1, 6); left > 0; left -= 1) {
      terminal.resize(...anySize(random))
      told.resizes += 1
      await terminal.quiet(between(random, 1, 20))
    }
  }
  for (let key = 0; key < BLOCK; key += 1) {
    terminal.send(anyKeys(random))
    told.keys += 1
    // Some in one go, some each for itself; an Escape that something follows at once is another key.
    if (random() < 0.7) await terminal.quiet(between(random, 1, 12))
  }
  const { cols, rows } = terminal.emulator
  if (cols < 60 || rows < 15) return
  await standStill(terminal, true)
  const wrong = await wrongRows(terminal)
  // A key that came late may have set the picture free: then it moved, and nothing can be said of it.
  if (terminal.screen().includes(FROZEN)) {
    told.looks += 1
    told.wrong.push(...wrong)
  }
  await standStill(terminal, false)
}

/**
 * Closes whatever is open, then has the picture stand still or move on. On a loaded machine keys may arrive together,
 * which makes others of them: then once more.
 */
async function standStill(terminal: TestTerminal, still: boolean): Promise<void> {
  const stands = (screen: string) => screen.includes(FROZEN) === still
  for (let tries = 1; ; tries += 1) {
    // The last one means nothing: it takes the notice away, which may be in the way.
    for (const key of [ESCAPE, ESCAPE, ESCAPE, NOTHING]) {
      terminal.send(key)
      await terminal.quiet(250 * tries)
    }
    if (!stands(terminal.screen())) terminal.send('z')
    try {
      await terminal.until(stands, still ? 'a picture that stands still' : 'one that moves', 3000)
      break
    } catch (error) {
      if (tries === TRIES) throw error
    }
  }
  terminal.send(NOTHING)
  await terminal.quiet(500)
}

async function leave(terminal: TestTerminal): Promise<void> {
  terminal.resize(120, 40)
  await standStill(terminal, false)
  terminal.send('q')
  const asked = terminal.until((screen) => screen.includes('stop now and quit'), 'the question')
  await Promise.race([terminal.ended, asked.then(() => terminal.send('s'))])
  await terminal.ended
}

function cancelled(folder: string): number {
  const database = new DatabaseSync(join(folder, 'orchestrator.db'), { readOnly: true })
  try {
    const [row] = database
      .prepare(
        `SELECT (SELECT count(*) FROM scraping_tasks WHERE status = 'cancelled')
              + (SELECT count(*) FROM task_attempts WHERE outcome = 'cancelled') AS cancelled`,
      )
      .all()
    return Number(row?.['cancelled'])
  } finally {
    database.close()
  }
}
