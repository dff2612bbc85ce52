import { readFileSync } from 'node:fs'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { spawn } from '@lydell/node-pty'

export const SIZE = { columns: 120, rows: 40 }
/** How long anything may take that is waited for. */
const PATIENCE_MS = 60_000
const TICKS_PER_SECOND = 100

/** A program in a pseudo-terminal of which only the bytes are counted: an emulator would take the processor from it. */
export class CountedTerminal {
  bytes = 0
  pieces = 0
  /** When the last byte came, as `performance.now`. */
  last = 0
  private text = ''
  private readonly pty
  private readonly watchers = new Set<(piece: Buffer) => void>()

  constructor(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const inherited = { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C.UTF-8' }
    this.pty = spawn(file, [...args], {
      name: 'xterm-256color',
      cols: SIZE.columns,
      rows: SIZE.rows,
      encoding: null,
      env: { ...inherited, TERM: 'xterm-256color', ...env },
    })
    this.pty.onData((data) => this.take(data as unknown as Buffer))
  }

  get pid(): number {
    return this.pty.pid
  }

  send(keys: string): void {
    this.pty.write(keys)
  }

  /** Resolves with the moment of the first piece from now on that holds `bytes`; of any piece, if none are named. */
  next(bytes = ''): Promise<number> {
    return this.watch((piece) => piece.includes(bytes), `a piece with ${JSON.stringify(bytes)}`)
  }

  /** Resolves when `text` has been written, as it is between escape sequences. */
  async says(text: string): Promise<number> {
    if (this.text.includes(text)) return this.last
    return this.watch(() => this.text.includes(text), text)
  }

  /** Resolves when nothing has come for `ms`. */
  async quiet(ms: number): Promise<void> {
    for (let left = ms; left > 0; left = ms - (performance.now() - this.last)) await pass(left)
  }

  /** Seconds of a processor that it has used. */
  cpu(): number {
    const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  }

  /** Resident memory in MiB. */
  memory(): number {
    const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8')) ?? []
    return Number(kib) / 1024
  }

  end(): void {
    this.pty.kill('SIGKILL')
  }

  private take(piece: Buffer): void {
    this.bytes += piece.length
    this.pieces += 1
    this.last = performance.now()
    // Enough to find what is waited for at the start.
    if (this.text.length < 100_000) this.text += piece.toString()
    for (const watcher of this.watchers) watcher(piece)
  }

  private watch(holds: (piece: Buffer) => boolean, what: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => reject(new Error(`not seen: ${what}`)), PATIENCE_MS)
      const watcher = (piece: Buffer) => {
        if (!holds(piece)) return
        clearTimeout(deadline)
        this.watchers.delete(watcher)
        resolve(performance.now())
      }
      this.watchers.add(watcher)
    })
  }
}

const PROGRAM = fileURLToPath(new URL('../support/tui-program.ts', import.meta.url))

/** The built TUI in one of its scenarios, once its dashboard is there; the caller ends it. */
export async function scenario(name: string): Promise<CountedTerminal> {
  const terminal = new CountedTerminal(execPath, [PROGRAM, name])
  await terminal.says('quit')
  await pass(1000)
  return terminal
}

export function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
