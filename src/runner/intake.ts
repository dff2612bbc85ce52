import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { Clock } from '../domain/clock.ts'
import { isTelling } from './error-line.ts'
import { ErrorTail } from './error-tail.ts'
import { LineCutter } from './lines.ts'
import type { LogWriter } from './log-writer.ts'
import type { ProgressFeed } from './progress.ts'
import { clip, parseMessage, type ErrorMessage, type Message, type ResultMessage } from './protocol.ts'
import type { Redactor } from './redact.ts'
import type { StateFile } from './state-file.ts'

/** Milliseconds that a stream may stay open after the last process of the attempt. */
const LINGER = 2000
/** Names of metrics that one attempt may report. */
const MAX_METRICS = 100
const MAX_ERROR_LINE = 2048

/** Where what a scraper says goes. */
export interface Outlets {
  log: LogWriter
  progress: ProgressFeed
  state: StateFile
}

/** Takes in all that a scraper writes: every line to the log, every message to where it belongs. */
export class Intake {
  readonly metrics = new Map<string, number>()
  /** The last `error` message. */
  error: ErrorMessage | null = null
  /** The longest time, in seconds, for which the portal asked to be left alone, by the `error` messages. */
  retryAfter: number | null = null
  /** What the last `result` message said; null: there was none. */
  result: ResultMessage | null = null
  /** How many the portal counts, as last said in a `progress` message. */
  expected: number | null = null
  readonly #outlets: Outlets
  readonly #streams: Readable[] = []
  readonly #cutters: LineCutter[] = []
  readonly #closed: Promise<unknown>[] = []
  readonly #errorTail = new ErrorTail()
  readonly #errorLine = Buffer.allocUnsafe(MAX_ERROR_LINE)
  #errorLineLength = 0
  #told = false

  constructor(outlets: Outlets) {
    this.#outlets = outlets
  }

  /** The last line on standard error that says what went wrong; where none does, the last that is not blank. */
  get lastErrorLine(): string | null {
    return clip(this.#errorLine.toString('utf8', 0, this.#errorLineLength)) || null
  }

  /** The last lines on standard error, the earliest first. */
  get errorTail(): string[] {
    return this.#errorTail.lines()
  }

  read(stream: Readable, name: 'out' | 'err', redactor: Redactor): void {
    let inLongLine = false
    const cutter = new LineCutter(redactor, (cut, continued) => {
      const whole = !inLongLine && !continued
      const line = whole ? redactor.maskLine(cut) : cut
      const message = name === 'out' && whole ? parseMessage(line) : undefined
      inLongLine = continued
      if (message) this.#heed(message)
      if (name === 'err' && !isBlank(line)) this.#hearError(line)
      // Progress comes often and is of no use afterwards.
      if (message?.type !== 'progress') this.#outlets.log.line(name, line, continued)
    })
    this.#streams.push(stream)
    this.#cutters.push(cutter)
    // A broken pipe ends what we hear, nothing else. The stream may have ended before it came to us.
    this.#closed.push(finished(stream, { writable: false }).catch(() => {}))
    stream.on('data', (chunk: Buffer) => {
      cutter.push(chunk)
      if (this.#outlets.log.congested) for (const each of this.#streams) each.pause()
    })
  }

  /** The log takes lines again. */
  resume(): void {
    for (const stream of this.#streams) stream.resume()
  }

  /**
   * To be called when no process of the attempt is left. Resolves when all that they wrote is taken in; a
   * stream that a stranger keeps open is given up.
   */
  async end(clock: Clock): Promise<void> {
    const callOff = clock.after(LINGER, () => {
      for (const stream of this.#streams) stream.destroy()
    })
    await Promise.all(this.#closed)
    callOff()
    for (const cutter of this.#cutters) cutter.end()
    this.#outlets.progress.end()
    await this.#outlets.state.settled()
  }

  #hearError(line: Buffer): void {
    this.#errorTail.add(line)
    const tells = isTelling(line.toString('latin1', 0, 16))
    if (!tells && this.#told) return
    this.#errorLineLength = line.copy(this.#errorLine)
    this.#told = tells
  }

  #heed(message: Message): void {
    switch (message.type) {
      case 'progress':
        this.expected = message.progress.expected ?? this.expected
        return this.#outlets.progress.update(message.progress)
      case 'state':
        return this.#outlets.state.put(message.value)
      case 'metric':
        if (this.metrics.has(message.name) || this.metrics.size < MAX_METRICS) {
          this.metrics.set(message.name, message.value)
        }
        return
      case 'error':
        this.error = message
        if (message.retry_after !== null)
          this.retryAfter = Math.max(this.retryAfter ?? 0, message.retry_after)
        return
      case 'result':
        this.result = message
        return
      case 'log':
    }
  }
}

function isBlank(line: Buffer): boolean {
  return !line.some((byte) => byte > 32)
}
