import { Writable } from 'node:stream'
import { Picture, type Lines } from './cells/picture.ts'
import type { TtyOut } from './tty-out.ts'

/** What Ink switches by itself, the cursor and pastes: `TtyOut` sets these modes and puts them back. */
const MODES = /^(?:\u001b\[\?\d+[hl])*$/

/**
 * The stream that Ink writes its frames to, each of them whole (`debug`). It sends the terminal the cells that changed;
 * while the terminal takes nothing, the newest frame waits.
 */
export class FrameOut extends Writable {
  readonly isTTY = true
  private readonly out: TtyOut
  private readonly picture = new Picture()
  private frame: Lines | undefined

  constructor(out: TtyOut) {
    super({ decodeStrings: false })
    this.out = out
  }

  get columns(): number {
    return this.out.columns
  }

  get rows(): number {
    return this.out.rows
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    if (!MODES.test(chunk)) this.show(chunk.split('\n'))
    done()
  }

  /** Draws all of it anew, whatever the terminal shows. */
  redraw(): void {
    this.picture.forget()
    this.paint()
  }

  /** Sends a sequence that changes no cell. */
  send(sequence: string): void {
    this.out.send(sequence, () => this.paint())
  }

  private show(lines: readonly string[]): void {
    const { columns, rows } = this
    // On its way out Ink ends its last frame with a line of its own.
    if (lines.length !== rows) return
    this.frame = { columns, rows, lines }
    this.paint()
  }

  private paint(): void {
    const { frame, out } = this
    if (!frame || out.congested) return
    // Of another size than the terminal has by now: the frame for that is on its way.
    if (frame.columns !== out.columns || frame.rows !== out.rows) return
    const text = this.picture.show(frame)
    if (text !== '') this.out.send(text, () => this.paint())
  }
}
