import { spawn, type IPty } from '@lydell/node-pty'
import xterm from '@xterm/headless'

/** A program in a pseudo-terminal, and its screen as a person would see it. */
export interface TestTerminal {
  readonly pid: number
  /** The emulated terminal itself. */
  readonly emulator: InstanceType<typeof xterm.Terminal>
  /** Every row of the screen, without trailing spaces. */
  lines(): string[]
  /** All rows as one text. */
  screen(): string
  /** Whether the cell at a 0-based place is drawn inverse, and its colour (-1: the terminal's own). */
  cell(column: number, row: number): { text: string; inverse: boolean; color: number }
  modes(): { alternate: boolean; cursor: boolean; paste: boolean; mouse: boolean }
  /** What the program has written so far, escape codes and all. */
  readonly output: string
  /** How many pieces it arrived in. */
  readonly pieces: number
  send(keys: string): void
  /** Resolves when the screen satisfies `holds`; looks again after every piece of output. */
  until(holds: (screen: string) => boolean, what: string, deadline_ms?: number): Promise<void>
  /** Changes the size, as a person pulling at the window. */
  resize(columns: number, rows: number): void
  kill(signal: NodeJS.Signals): void
  /** Resolves when nothing has been written for `ms`. */
  quiet(ms: number): Promise<void>
  /** Tells the program that the terminal goes away; harmless when the program has ended. */
  end(): void
  /** Takes the terminal away: reading and writing fail from now on. */
  close(): void
  /** Reads nothing more until `thaw`: to the program, a terminal that takes nothing. */
  freeze(): void
  thaw(): void
  /** Resolves when the program has ended and all its output is on the screen. */
  readonly ended: Promise<{ exit_code: number; signal: number }>
}

const DEADLINE_MS = 20_000

/** Starts `file` with `args` in a pseudo-terminal of the given size. */
export function openTerminal(
  file: string,
  args: readonly string[],
  options: { columns: number; rows: number; env?: NodeJS.ProcessEnv; cwd?: string },
): TestTerminal {
  const { columns: cols, rows, env = {}, cwd = process.cwd() } = options
  const inherited = { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C.UTF-8' }
  const pty = spawn(file, [...args], {
    name: 'xterm-256color',
    cols,
    rows,
    cwd,
    env: { ...inherited, TERM: 'xterm-256color', ...env },
  })
  return new PtyTerminal(pty, cols, rows)
}

class PtyTerminal implements TestTerminal {
  output = ''
  pieces = 0
  readonly ended: Promise<{ exit_code: number; signal: number }>
  private readonly pty: IPty
  readonly emulator: InstanceType<typeof xterm.Terminal>
  private readonly watchers = new Set<() => void>()

  constructor(pty: IPty, cols: number, rows: number) {
    this.pty = pty
    this.emulator = new xterm.Terminal({ cols, rows, allowProposedApi: true })
    pty.onData((data) => {
      this.output += data
      this.pieces += 1
      this.emulator.write(data, () => this.look())
    })
    this.ended = new Promise((resolve) => {
      pty.onExit(({ exitCode, signal }) => {
        this.emulator.write('', () => resolve({ exit_code: exitCode, signal: signal ?? 0 }))
      })
    })
  }

  get pid(): number {
    return this.pty.pid
  }

  lines(): string[] {
    const { active } = this.emulator.buffer
    return Array.from(
      { length: this.emulator.rows },
      (_, row) =>
        active
          .getLine(active.baseY + row)
          ?.translateToString(true)
          .trimEnd() ?? '',
    )
  }

  screen(): string {
    return this.lines().join('\n')
  }

  cell(column: number, row: number) {
    const { active } = this.emulator.buffer
    const cell = active.getLine(active.baseY + row)?.getCell(column)
    return {
      text: cell?.getChars() ?? '',
      inverse: Boolean(cell?.isInverse()),
      color: cell?.isFgDefault() ? -1 : (cell?.getFgColor() ?? -1),
    }
  }

  modes() {
    return {
      alternate: this.emulator.buffer.active.type === 'alternate',
      cursor: this.output.lastIndexOf('\u001b[?25l') <= this.output.lastIndexOf('\u001b[?25h'),
      paste: this.emulator.modes.bracketedPasteMode,
      mouse: this.emulator.modes.mouseTrackingMode !== 'none',
    }
  }

  send(keys: string): void {
    this.pty.write(keys)
  }

  until(holds: (screen: string) => boolean, what: string, deadline_ms = DEADLINE_MS): Promise<void> {
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => {
        this.watchers.delete(look)
        reject(new Error(`not seen in ${deadline_ms} ms: ${what}\n${this.screen()}`))
      }, deadline_ms)
      const look = () => {
        if (!holds(this.screen())) return
        clearTimeout(deadline)
        this.watchers.delete(look)
        resolve()
      }
      this.watchers.add(look)
      look()
    })
  }

  resize(columns: number, rows: number): void {
    this.emulator.resize(columns, rows)
    this.pty.resize(columns, rows)
  }

  kill(signal: NodeJS.Signals): void {
    process.kill(this.pty.pid, signal)
  }

  quiet(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        written.dispose()
        resolve()
      }
      let timer = setTimeout(done, ms)
      const written = this.pty.onData(() => {
        clearTimeout(timer)
        timer = setTimeout(done, ms)
      })
    })
  }

  end(): void {
    this.pty.kill('SIGHUP')
  }

  close(): void {
    // The types leave it out.
    ;(this.pty as IPty & { destroy(): void }).destroy()
  }

  freeze(): void {
    this.pty.pause()
  }

  thaw(): void {
    this.pty.resume()
  }

  private look(): void {
    for (const watcher of this.watchers) watcher()
  }
}
