import type { Clock } from '../../domain/clock.ts'
import { reason, ZafraError } from '../../domain/error.ts'
import { tellTiming } from '../timings.ts'

/** Snapshots may hold everything else up for this share of the time: a fiftieth. */
const PAUSE_PER_COST = 50

/** The database at one moment. */
export interface Export {
  bytes: Uint8Array
  /** The last transaction that it holds. */
  seq: number
  /** Bytes in the journals that the file on the disk lacked until now. */
  journalBytes: number
}

export interface SnapshotWork {
  /** Exports the database. */
  take(): Promise<Export>
  /** Writes the file. */
  put(snapshot: Export): Promise<void>
  /** Hears why no snapshot can be written, and null when that is over. */
  failed(message: string | null): void
}

/**
 * When to write a snapshot: soon after a change, but not sooner after the last one than the interval, and the
 * more seldom the longer an export holds everything up. One that fails is tried again in the same rhythm; until
 * then the journals hold what it lacks.
 */
export class Snapshots {
  readonly #clock: Clock
  readonly #interval: number
  readonly #work: SnapshotWork
  #cost = 0
  #callOff: (() => void) | undefined
  #running: Promise<void> = Promise.resolve()
  #failure: string | undefined
  #lastMs: number | null = null

  /**
   * @param interval seconds
   */
  constructor(clock: Clock, interval: number, work: SnapshotWork) {
    this.#clock = clock
    this.#interval = interval
    this.#work = work
  }

  /** Why the last snapshot could not be written, if so. */
  get failure(): string | undefined {
    return this.#failure
  }

  /** Milliseconds that the last one took, its writing included; null before the first. */
  get lastMs(): number | null {
    return this.#lastMs
  }

  /** Something was written that the file lacks. */
  changed(): void {
    if (this.#callOff) return
    const wait = Math.max(this.#interval * 1_000, this.#cost * PAUSE_PER_COST)
    this.#callOff = this.#clock.after(wait, () => {
      this.write().catch(() => this.changed())
    })
  }

  /** Writes one now, after the one that is being written. @throws ZafraError `storage` */
  write(): Promise<void> {
    this.#stop()
    this.#running = this.#running.catch(() => {}).then(() => this.#write())
    return this.#running
  }

  /** Calls off the next one and waits for the one that is being written, however it ends. */
  async idle(): Promise<void> {
    this.#stop()
    await this.#running.catch(() => {})
    this.#stop()
  }

  /** Does the part of a snapshot that holds everything up. */
  timed<T>(work: () => T): T {
    const start = this.#clock.monotonic()
    try {
      return work()
    } finally {
      this.#cost = this.#clock.monotonic() - start
    }
  }

  #stop(): void {
    this.#callOff?.()
    this.#callOff = undefined
  }

  async #write(): Promise<void> {
    try {
      const start = this.#clock.monotonic()
      const taken = await this.#work.take()
      await this.#work.put(taken)
      this.#lastMs = this.#clock.monotonic() - start
      tellTiming('snapshot', this.#lastMs, taken.bytes.length)
      if (this.#failure !== undefined) this.#work.failed(null)
      this.#failure = undefined
    } catch (error) {
      const message =
        `the database file could not be written: ${reason(error)}; nothing is lost, the journal beside it ` +
        'holds what it lacks. Make room on the disk or mend it'
      if (this.#failure !== reason(error)) this.#work.failed(message)
      this.#failure = reason(error)
      throw new ZafraError('storage', message, { cause: error })
    }
  }
}
