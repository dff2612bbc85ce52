import { createReadable } from '../../src/tui/readable.ts'
import { logRows } from '../../src/tui/screens/log/rows.ts'
import { LogTail } from '../../src/tui/screens/log/tail.ts'
import type { LogTarget, LogView } from '../../src/tui/screens/log/view.ts'
import { createTheme } from '../../src/tui/theme.ts'
import { testClock } from './clock.ts'
import { overview } from './overview.ts'
import { ScriptedEngine } from './scripted-engine.ts'

export const HEIGHT = 10

/** `line 1`, `line 2`, … */
export function numbered(from: number, to: number): string[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => `line ${from + index}`)
}

/** The log of task 1 on a screen of HEIGHT rows, without a terminal. */
export async function openTail(engine = new ScriptedEngine(overview()), target: Partial<LogTarget> = {}) {
  const clock = testClock()
  const errors: unknown[] = []
  const said: string[] = []
  const shape = { height: HEIGHT, cells: 61 }
  const theme = createTheme({ color: 'none', ascii: false })
  let view: LogView | undefined
  const tail = new LogTail(
    { engine, clock, readable: createReadable(false) },
    { id: 1, title: 'Inm24 Gdl Ven Dep', ...target },
    {
      show: (each) => (view = each),
      say: (text) => said.push(text),
      error: (thrown) => errors.push(thrown),
      held: () => false,
      shape: () => shape,
    },
  )
  /** Until no question is under way. */
  const rest = async () => {
    for (let quiet = 0; quiet < 4; quiet = engine.asked.now > 0 ? 0 : quiet + 1)
      await new Promise<void>((resolve) => setImmediate(resolve))
  }
  await rest()
  const rows = () =>
    view ? logRows(view, shape, theme).map((spans) => spans.map(({ text }) => text).join('')) : []
  return {
    engine,
    tail,
    errors,
    said,
    shape,
    clock,
    rest,
    view: () => view as LogView,
    /** What the screen shows, as it is drawn. */
    rows,
    /** The same without mark, time and stream. */
    seen: () => rows().map((row) => row.slice('>00:00:00 out '.length)),
    pass: async () => {
      clock.advance(100)
      await rest()
    },
  }
}
