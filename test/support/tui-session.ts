import type { Overview } from '../../src/domain/query.ts'
import type { Leave } from '../../src/tui/index.ts'
import { overlayOf } from '../../src/tui/overlay.ts'
import { paste, press } from '../../src/tui/press.ts'
import { createReadable } from '../../src/tui/readable.ts'
import { Session } from '../../src/tui/session.ts'
import { createTheme } from '../../src/tui/theme.ts'
import { testClock } from './clock.ts'
import { inkLines } from './ink-lines.tsx'
import { NOW } from './overview.ts'
import { ScriptedEngine } from './scripted-engine.ts'
import { settle } from './settle.ts'

/** A session without a terminal: keys go in, the screen is read as text. */
export async function openSession(overview: Overview, size = { columns: 120, rows: 40 }, ascii = false) {
  const engine = new ScriptedEngine(overview)
  const clock = testClock(NOW)
  const left: Leave[] = []
  const copied: string[] = []
  let suspended = 0
  const session = new Session({
    engine,
    clock,
    readable: createReadable(ascii),
    size,
    theme: 'dark',
    congested: () => false,
    leave: (how) => left.push(how),
    redraw: () => {},
    suspend: async () => void (suspended += 1),
    copy: (text) => copied.push(text) > 0,
  })
  const theme = createTheme({ color: 'none', ascii })
  const lines = () => inkLines(session.state, theme)
  /** What the engine says now becomes visible. */
  const pass = async (ms = 250) => {
    clock.advance(ms)
    await settle()
  }
  await pass(0)
  return {
    engine,
    session,
    left,
    copied,
    /** How often the terminal was handed to the shell. */
    suspended: () => suspended,
    /** How many callbacks wait for their time. */
    timers: () => clock.timers,
    lines,
    pass,
    /** Lets every question be answered, without time passing. */
    rest: async () => {
      for (let turn = 0; turn < 4; turn += 1) await settle()
    },
    press: async (...keys: string[]) => {
      for (const key of keys) await press(session, key)
      await settle()
    },
    /** Types a line, character by character. */
    type: async (text: string) => {
      for (const character of text) await press(session, character)
      await settle()
    },
    paste: (text: string) => paste(session, text),
    screen: () => lines().join('\n'),
    /** What lies over the screen, by itself. */
    overlay: () => overlayOf(session.state, theme)?.lines.join('\n') ?? '',
    /** The row under the cursor. */
    selected: () => lines().find((line) => line.includes('▸')) ?? '',
  }
}
