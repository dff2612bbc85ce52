import type * as Tui from '../../src/tui/index.ts'
import { systemClock } from '../../src/cli/system-clock.ts'
import { LogEngine } from './log-engine.ts'
import { busyOverview } from './overview.ts'

/** The built TUI on tasks whose log is the file named, to be run in a pseudo-terminal. */
const { openTui } = (await import(new URL('../../dist/program/tui.js', import.meta.url).href)) as typeof Tui

const [path = ''] = process.argv.slice(2)
await openTui(new LogEngine(busyOverview(), path), {
  clock: systemClock,
  stdin: process.stdin,
  stdout: process.stdout,
  env: process.env,
})
