import type { Clock } from '../domain/clock.ts'
import type { Progress } from '../domain/query.ts'

/** Milliseconds between two deliveries of one attempt. */
const INTERVAL = 100

/**
 * Passes on what a scraper says of its progress, at most ten times per second, the last word always.
 * What a message leaves out stays as it was.
 */
export class ProgressFeed {
  readonly #clock: Clock
  readonly #deliver: (progress: Progress) => void
  #progress: Progress = { page: null, pages: null, items: null, expected: null, message: null }
  #fresh = false
  #callOff: (() => void) | undefined

  constructor(clock: Clock, deliver: (progress: Progress) => void) {
    this.#clock = clock
    this.#deliver = deliver
  }

  update(said: Partial<Progress>): void {
    this.#progress = { ...this.#progress, ...said }
    this.#fresh = true
    if (!this.#callOff) this.#pass()
  }

  /** No more will come. */
  end(): void {
    this.#callOff?.()
    if (this.#fresh) this.#deliver(this.#progress)
    this.#fresh = false
  }

  #pass(): void {
    this.#callOff = undefined
    if (!this.#fresh) return
    this.#fresh = false
    this.#callOff = this.#clock.after(INTERVAL, () => this.#pass())
    this.#deliver(this.#progress)
  }
}
