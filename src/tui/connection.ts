import type { Clock } from '../domain/clock.ts'
import type { EngineEvent } from '../domain/event.ts'

export type ConnectionEvent = Extract<EngineEvent, { type: 'connection' }>

/** Where the way to the engine is lost. */
export interface Lost {
  /** Why, for the person. */
  message: string
  /** Whole seconds until the next try; 0: it is being tried. */
  retry_s: number
}

/** Why nothing can be done while it is lost. */
export const NO_ENGINE = 'the engine cannot be reached; what is shown is the last that was heard'

const SECOND_MS = 1000

/** Counts the seconds to the next try, and tells each. */
export class Connection {
  private readonly clock: Clock
  private readonly show: (lost: Lost | null) => void
  private stopTimer = () => {}

  /** @param show null: the engine can be reached */
  constructor(clock: Clock, show: (lost: Lost | null) => void) {
    this.clock = clock
    this.show = show
  }

  hear({ connected, message, retry_s }: ConnectionEvent): void {
    this.stopTimer()
    if (connected) this.show(null)
    else this.count(message, this.clock.monotonic() + retry_s * SECOND_MS)
  }

  end(): void {
    this.stopTimer()
  }

  private count(message: string, until: number): void {
    const left = Math.max(0, until - this.clock.monotonic())
    const retry_s = Math.ceil(left / SECOND_MS)
    this.show({ message, retry_s })
    if (retry_s === 0) return
    this.stopTimer = this.clock.after(left - (retry_s - 1) * SECOND_MS, () => this.count(message, until))
  }
}
