import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from './failure.ts'

/** When each host may be asked again. */
export class Pace {
  readonly #deadline: Date | undefined
  readonly #freeAt = new Map<string, number>()

  constructor(deadline: Date | undefined) {
    this.#deadline = deadline
  }

  /**
   * Waits until `host` may be asked.
   * @throws Failure `transient` when that moment is past the deadline
   */
  async turn(host: string): Promise<void> {
    const wait = Math.max(0, (this.#freeAt.get(host) ?? 0) - Date.now())
    if (wait >= this.millisecondsLeft()) throw outOfTime()
    if (wait > 0) await sleep(wait)
  }

  /** Nothing is asked of `host` for so many seconds. */
  holdOff(host: string, seconds: number): void {
    const until = Date.now() + seconds * 1000
    this.#freeAt.set(host, Math.max(until, this.#freeAt.get(host) ?? 0))
  }

  /** @throws Failure `transient` when there are none */
  millisecondsLeft(): number {
    if (!this.#deadline) return Infinity
    const left = this.#deadline.getTime() - Date.now()
    if (left <= 0) throw outOfTime()
    return left
  }
}

/** Seconds that a Retry-After header asks for, as a number or as an HTTP date; undefined when it says neither. */
export function retryAfter(header: string | undefined, now: Date): number | undefined {
  if (!header) return undefined
  if (/^\s*\d+\s*$/.test(header)) return Number(header)
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now.getTime()) / 1000)
}

function outOfTime(): Failure {
  return new Failure('transient', 'the time for this attempt is over; the next attempt goes on from here')
}
