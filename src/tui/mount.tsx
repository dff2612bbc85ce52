import type { Writable } from 'node:stream'
import { render, type Instance } from 'ink'
import { reason, ZafraError } from '../domain/error.ts'
import type { Engine } from '../domain/engine.ts'
import { App } from './app.tsx'
import { FrameOut } from './frame-out.ts'
import type { Leave, Terminal } from './index.ts'
import { createReadable } from './readable.ts'
import { ReaderApp } from './reader/reader-app.tsx'
import type { Reader } from './reader/reader.ts'
import { Session } from './session.ts'
import { clipboardSequence } from './copy.ts'
import { suspend } from './suspend.ts'
import { colorDepth, themeFor } from './palettes.ts'
import { createThemes, needsAscii } from './theme.ts'
import { TtyOut } from './tty-out.ts'
import { HANGUP, watchWaysOut } from './ways-out.ts'

/** As `openTui`, once the environment is prepared. */
export async function mount(engine: Engine, terminal: Terminal): Promise<Leave> {
  const { clock, stdin, stdout, env } = terminal
  const ascii = terminal.ascii ?? needsAscii(env)
  const themes = createThemes({ color: colorDepth(env), ascii })
  const left = Promise.withResolvers<Leave>()
  // At once, not when the promise is heard: what ends the process may follow in this very turn.
  const leave = (how: Leave) => {
    session.end()
    out.restore()
    left.resolve(how)
  }
  const read = terminal.screen_reader ?? env['INK_SCREEN_READER'] === 'true'
  const out = new TtyOut(stdout, clock, () => leave(HANGUP), !read)
  const frames = new FrameOut(out)
  let reader: Reader | undefined
  const redraw = () => (reader ? reader.read() : frames.redraw())
  /** Takes the terminal back from the shell: after a stop, whoever brought it about. */
  const back = () => {
    // Whoever stopped may have been told to end, or lost the terminal, before it went on.
    if (out.restored) return
    // A shell may have changed the mode behind our back; only a change is passed on.
    stdin.setRawMode(false)
    stdin.setRawMode(true)
    out.enter()
    redraw()
    // Of a change of size while it was stopped only the shell has heard: has Node look, which tells `resize`.
    process.kill(process.pid, 'SIGWINCH')
  }
  const session = new Session({
    engine,
    clock,
    readable: createReadable(ascii),
    theme: terminal.theme ?? themeFor(env),
    size: { columns: stdout.columns, rows: stdout.rows },
    congested: () => out.congested,
    leave,
    redraw,
    suspend: async () => {
      await suspend(out, stdin, clock)
      back()
    },
    copy: (text) => {
      const sequence = clipboardSequence(text, Boolean(env['TMUX']))
      if (sequence !== undefined) frames.send(sequence)
      return sequence !== undefined
    },
  })
  const resize = () => {
    session.set({ size: { columns: stdout.columns, rows: stdout.rows } })
    // Whatever the terminal has made of the old picture.
    if (!reader) frames.redraw()
  }
  const app = read ? (
    <ReaderApp session={session} onReader={(made) => (reader = made)} />
  ) : (
    <App session={session} themes={themes} />
  )
  // Before anything is drawn: what is typed now would be echoed into the picture.
  stdin.setRawMode(true)
  if (!read) out.enter()
  const ink = start(app, stdin, read ? out : frames, read)
  ink.waitUntilExit().catch(left.reject)
  const unwatch = watchWaysOut(stdin, stdout, leave)
  stdout.on('resize', resize)
  process.on('SIGCONT', back)
  const restore = () => out.restore()
  process.on('exit', restore).on('uncaughtExceptionMonitor', restore)
  try {
    return await left.promise
  } catch (error) {
    throw new ZafraError('internal', `The screen cannot be drawn: ${reason(error)}. Start zafra again.`, {
      cause: error,
    })
  } finally {
    session.end()
    out.restore()
    ink.unmount()
    unwatch()
    stdout.off('resize', resize)
    process.off('SIGCONT', back)
    process.off('exit', restore).off('uncaughtExceptionMonitor', restore)
    stdin.setRawMode(false)
    stdin.pause()
  }
}

function start(app: React.ReactNode, stdin: NodeJS.ReadStream, out: Writable, read: boolean): Instance {
  return render(app, {
    stdin,
    stdout: out as NodeJS.WriteStream,
    // Each frame whole and at once: what of it changed `FrameOut` knows better, by cells.
    debug: !read,
    interactive: true,
    isScreenReaderEnabled: read,
    exitOnCtrlC: false,
    patchConsole: false,
  })
}
