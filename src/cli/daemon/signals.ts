export interface DaemonSignals {
  /** Aborted by the first request to end: SIGTERM, or Ctrl-C in the foreground. */
  readonly end: AbortSignal
  /** Aborted by the second one. */
  readonly hurry: AbortSignal
  restore(): void
}

/** Takes over the signals of a daemon. @param onHangup SIGHUP, which asks for the configuration to be read again */
export function daemonSignals(onHangup: () => void): DaemonSignals {
  const [end, hurry] = [new AbortController(), new AbortController()]
  const request = () => (end.signal.aborted ? hurry : end).abort()
  const listeners = [
    ['SIGTERM', request],
    ['SIGINT', request],
    ['SIGHUP', onHangup],
    // Other services reopen their logs at it: ours is not to die of it.
    ['SIGUSR2', () => {}],
  ] as const
  for (const [signal, listener] of listeners) process.on(signal, listener)
  return {
    end: end.signal,
    hurry: hurry.signal,
    restore() {
      for (const [signal, listener] of listeners) process.off(signal, listener)
    },
  }
}
