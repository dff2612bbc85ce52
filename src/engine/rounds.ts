import type { Core } from './core.ts'

export interface Rounds {
  /** Makes a round as soon as the turn is free; calls that come meanwhile are one. */
  look(): void
  stop(): void
}

/**
 * Rounds inside the turn: when asked for, and when time has passed.
 * @param round must not reject; answers the milliseconds until the next one, undefined: when it is asked for
 */
export function createRounds(
  { turn, clock }: Pick<Core, 'turn' | 'clock'>,
  round: () => Promise<number | undefined>,
): Rounds {
  let asked = false
  let stopped = false
  let cancelTimer: (() => void) | undefined

  function look(): void {
    if (asked || stopped) return
    asked = true
    void turn(async () => {
      asked = false
      if (stopped) return
      cancelTimer?.()
      cancelTimer = undefined
      const wait = await round()
      if (wait !== undefined && !stopped) cancelTimer = clock.after(wait, look)
    })
  }

  return {
    look,
    stop() {
      stopped = true
      cancelTimer?.()
    },
  }
}
