import { setFlagsFromString } from 'node:v8'
import type { Clock } from '../domain/clock.ts'
import type { Engine } from '../domain/engine.ts'
import type { ThemeName } from './palettes.ts'

/** Where the UI lives. `stdin` and `stdout` are the terminal's own streams. */
export interface Terminal {
  clock: Clock
  stdin: NodeJS.ReadStream
  stdout: NodeJS.WriteStream
  env: NodeJS.ProcessEnv
  /** For a screen reader: sentences that go by instead of a picture. Default: what INK_SCREEN_READER says. */
  screen_reader?: boolean
  /** Draw with ASCII characters only, whatever the locale says. */
  ascii?: boolean
  /** Default: what the terminal says of its ground, else `dark`. */
  theme?: ThemeName
}

/**
 * How the UI ended. `quit`: the operator left it · `hangup`: the terminal is gone · `signal`: somebody ended
 * the process. `exit_code` is 0, or 128 + the signal's number.
 */
export interface Leave {
  why: 'quit' | 'hangup' | 'signal'
  exit_code: number
}

/**
 * Shows `engine` on the terminal until the operator leaves it. The terminal is restored before this settles;
 * the engine stays open and is the caller's to close.
 * @throws ZafraError `internal` when the screen cannot be drawn
 */
export async function openTui(engine: Engine, terminal: Terminal): Promise<Leave> {
  // Read when chalk is first imported: it ignores NO_COLOR.
  if (terminal.env['NO_COLOR']) process.env['FORCE_COLOR'] = '0'
  const { mount } = await import('./mount.tsx')
  // What lives shortly has room enough by now; V8 would double it, and again, to 100 MB that nothing needs.
  setFlagsFromString('--semi-space-growth-factor=1')
  return mount(engine, terminal)
}
