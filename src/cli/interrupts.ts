export interface Interrupts {
  restore(): void
}

export interface InterruptListener {
  /** Ctrl-C, for the first time. */
  onFirst: () => void
  /** Ctrl-C once more, or a request to end (SIGTERM). */
  onStop: () => void
  /** Ctrl-Z: the process is not stopped by it. */
  onSuspend: () => void
  /** The terminal is gone. */
  onHangup: () => void
}

/**
 * Takes over the signals that would end or stop the process, so that work in hand ends in order: it does not
 * depend on the terminal (design.md, The terminal is not the engine).
 */
export function onInterrupt({ onFirst, onStop, onSuspend, onHangup }: InterruptListener): Interrupts {
  let asked = false
  const interrupt = () => {
    if (asked) onStop()
    else onFirst()
    asked = true
  }
  const listeners = [
    ['SIGINT', interrupt],
    ['SIGTERM', onStop],
    ['SIGTSTP', onSuspend],
    ['SIGHUP', onHangup],
  ] as const
  for (const [signal, listener] of listeners) process.on(signal, listener)
  return {
    restore() {
      for (const [signal, listener] of listeners) process.off(signal, listener)
    },
  }
}
