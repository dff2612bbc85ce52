import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from './failure.ts'

/** Seconds that an attempt itself waits when a host asks for them; for longer it ends, and the engine waits. */
export const MAX_PATIENCE = 30
/** Seconds; a host that asks for more means "go away", which a day is long enough for. */
const MAX_RETRY_AFTER = 86_400
/** The longest that a timer can run. */
const MAX_SLEEP_MS = 2 ** 31 - 1

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
    const wait = this.#wait(host)
    if (wait >= this.millisecondsLeft()) throw outOfTime(wait / 1000)
    for (let left = wait; left > 0; left = this.#wait(host)) await sleep(Math.min(left, MAX_SLEEP_MS))
  }

  /** Whether so many seconds are left of the attempt. */
  hasTimeFor(seconds: number): boolean {
    return this.#deadline === undefined || seconds * 1000 < this.#deadline.getTime() - Date.now()
  }

  #wait(host: string): number {
    return Math.max(0, (this.#freeAt.get(host) ?? 0) - Date.now())
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

/** Seconds that a Retry-After header asks for, as a number or as an HTTP date, up to a day; undefined: neither. */
export function retryAfter(header: string | undefined, now: Date): number | undefined {
  if (!header) return undefined
  const seconds = /^\s*\d+(?:\.\d+)?\s*$/.test(header)
    ? Number(header)
    : (Date.parse(header) - now.getTime()) / 1000
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(0, Math.ceil(seconds)), MAX_RETRY_AFTER)
}

/** @param wait seconds until the host may be asked again */
function outOfTime(wait?: number): Failure {
  const message = 'the time for this attempt is over; the next attempt goes on from here'
  const isAsked = wait !== undefined && wait > MAX_PATIENCE
  return new Failure('transient', message, { retryAfter: isAsked ? Math.ceil(wait) : undefined })
}
