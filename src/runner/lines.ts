import type { Redactor } from './redact.ts'

/** Bytes of the longest line; a longer one is cut into pieces. */
export const MAX_LINE = 64 * 1024

const NEWLINE = 10

/**
 * @param line bytes without the newline, secrets masked; valid only during the call
 * @param continued the process has not ended this line here
 */
export type LineSink = (line: Buffer, continued: boolean) => void

/**
 * Cuts what a process writes into lines, in memory that does not grow with what it writes
 * (source: faults.md, 1 GB stdout, no newline).
 */
export class LineCutter {
  readonly #redactor: Redactor
  readonly #sink: LineSink
  // A secret that is not whole yet may stand in this many last bytes.
  readonly #overlap: number
  #held: Buffer = Buffer.alloc(0)
  #used = 0

  constructor(redactor: Redactor, sink: LineSink) {
    this.#redactor = redactor
    this.#sink = sink
    this.#overlap = Math.max(redactor.longest - 1, 0)
  }

  push(chunk: Buffer): void {
    let from = 0
    while (from < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, from)
      const piece = chunk.subarray(from, newline < 0 ? chunk.length : newline)
      if (newline < 0) {
        this.#hold(piece)
        return
      }
      this.#endLine(piece)
      from = newline + 1
    }
  }

  /** The process writes no more: what it left without a newline is a line. */
  end(): void {
    if (this.#used > 0) this.#endLine(Buffer.alloc(0))
  }

  #endLine(piece: Buffer): void {
    if (this.#used === 0 && piece.length <= MAX_LINE) {
      this.#sink(this.#redactor.mask(piece), false)
      return
    }
    this.#hold(piece)
    const line = this.#redactor.mask(this.#held.subarray(0, this.#used))
    this.#used = 0
    // The overlap may have made it longer than a line.
    if (line.length > MAX_LINE) this.#sink(line.subarray(0, MAX_LINE), true)
    this.#sink(line.length > MAX_LINE ? line.subarray(MAX_LINE) : line, false)
  }

  #hold(piece: Buffer): void {
    const capacity = MAX_LINE + this.#overlap
    for (let from = 0; from < piece.length;) {
      if (this.#used === capacity) this.#cut()
      const count = Math.min(piece.length - from, capacity - this.#used)
      this.#reserve(this.#used + count, capacity)
      piece.copy(this.#held, this.#used, from, from + count)
      this.#used += count
      from += count
    }
  }

  /** Delivers all but the overlap, in which a secret may still be incomplete. */
  #cut(): void {
    const line = this.#redactor.mask(this.#held.subarray(0, this.#used))
    const kept = Math.max(line.length - this.#overlap, 0)
    this.#sink(line.subarray(0, kept), true)
    this.#used = line.copy(this.#held, 0, kept)
  }

  #reserve(size: number, capacity: number): void {
    if (size <= this.#held.length) return
    const grown = Buffer.allocUnsafe(Math.min(Math.max(size, this.#held.length * 2, 1024), capacity))
    this.#held.copy(grown, 0, 0, this.#used)
    this.#held = grown
  }
}
