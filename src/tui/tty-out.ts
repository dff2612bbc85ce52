import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { Writable } from 'node:stream'
import type { Clock } from '../domain/clock.ts'
import { ZafraError } from '../domain/error.ts'

const MOUSE_OFF = '\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1006l'
/** Puts back every mode that we, or a program before us, may have set. */
const LEAVE = `\u001b[?2026l\u001b[0m${MOUSE_OFF}\u001b[?2004l`
const LEAVE_PICTURE = `${LEAVE}\u001b[?1049l\u001b[?25h`
/** Pastes are told from keys. */
const ENTER = '\u001b[?2004h'
const ENTER_PICTURE = `\u001b[?1049h\u001b[?25l${ENTER}`
const RETRY_MS = 10
/** How often the way out tries a terminal that takes nothing, before it goes without. */
const LAST_TRIES = 50
/** Waiting on this, which nobody changes, is a sleep that lets nothing else run. */
const NEVER = new Int32Array(new SharedArrayBuffer(4))

/**
 * The terminal: what is written in one turn goes out as one write, and a terminal that takes nothing never blocks
 * the process (it shares it with the engine).
 */
export class TtyOut extends Writable {
  readonly isTTY = true
  private readonly tty: NodeJS.WriteStream
  private readonly clock: Clock
  private readonly lost: () => void
  private readonly fd: number
  private readonly picture: boolean
  private state: 'ours' | 'away' | 'restored' = 'ours'

  /**
   * @param lost called when the terminal is gone
   * @param picture whether a whole screen is drawn, in place of what the shell shows; else lines that go by
   */
  constructor(tty: NodeJS.WriteStream, clock: Clock, lost: () => void, picture = true) {
    super({ decodeStrings: false })
    this.tty = tty
    this.clock = clock
    this.lost = lost
    this.picture = picture
    this.fd = openTty()
    // Not as a write: the first picture would find the terminal busy, and nothing draws a still one again.
    this.writeNow(MOUSE_OFF)
  }

  get columns(): number {
    return this.tty.columns
  }

  get rows(): number {
    return this.tty.rows
  }

  /** Whether the terminal has yet to take what was written. */
  get congested(): boolean {
    return this.writableLength > 0
  }

  override write(chunk: unknown, ...rest: never[]): boolean {
    this.gather()
    return super.write(chunk, ...rest)
  }

  /** Calls `taken` when the terminal has taken all of it, also where it is lost because we are away. */
  send(text: string, taken: () => void): void {
    this.gather()
    super.write(text, taken)
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.push(Buffer.from(chunk), done)
  }

  override _writev(chunks: { chunk: string }[], done: () => void): void {
    this.push(Buffer.from(chunks.map(({ chunk }) => chunk).join('')), done)
  }

  /** Leaves the terminal to the shell; until `enter` what is written is lost. */
  leave(): void {
    this.become('away')
  }

  /** Takes the terminal back, unless it was given back for good; everything must be drawn anew. */
  enter(): void {
    this.become('ours')
  }

  /** Gives the terminal back for good, at once. A second call does nothing. */
  restore(): void {
    if (this.restored) return
    this.become('restored')
    closeSync(this.fd)
  }

  get restored(): boolean {
    return this.state === 'restored'
  }

  private become(state: TtyOut['state']): void {
    // The number of a closed file may be that of another by now.
    if (this.restored) return
    this.state = state
    if (state === 'ours') this.writeNow(this.picture ? ENTER_PICTURE : ENTER)
    else this.writeNow(this.picture ? LEAVE_PICTURE : LEAVE)
  }

  private gather(): void {
    if (this.writableCorked > 0) return
    this.cork()
    process.nextTick(() => this.uncork())
  }

  private writeNow(text: string): void {
    let left = Buffer.from(text)
    for (let tries = 0; left.length > 0 && tries < LAST_TRIES; tries += 1) {
      const taken = this.offer(left)
      if (taken === undefined) return
      left = left.subarray(taken)
      if (left.length > 0) Atomics.wait(NEVER, 0, 0, RETRY_MS)
    }
  }

  private push(bytes: Buffer, done: () => void): void {
    if (this.state !== 'ours' || bytes.length === 0) return done()
    const taken = this.offer(bytes)
    if (taken === undefined) this.lost()
    if (taken === undefined || taken === bytes.length) return done()
    this.clock.after(RETRY_MS, () => this.push(bytes.subarray(taken), done))
  }

  /** How many bytes the terminal took just now; undefined: it is gone. */
  private offer(bytes: Buffer): number | undefined {
    try {
      return writeSync(this.fd, bytes)
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EAGAIN' ? 0 : undefined
    }
  }
}

/** A description of our own: O_NONBLOCK on the shared one would reach the shell and our own stderr. */
function openTty(): number {
  try {
    return openSync('/dev/tty', constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch (cause) {
    throw new ZafraError(
      'usage',
      'The screen needs a terminal of its own (/dev/tty); zafra run does without',
      {
        cause,
      },
    )
  }
}
