export interface Interrupts {
  /** Ctrl-C: `onFirst` for the first, `onStop` for the second. A request to end (SIGTERM) is `onStop` at once. */
  restore(): void
}

/**
 * Takes over the signals that would end the process, so that work in hand ends in order. A hang-up changes
 * nothing: the work does not depend on the terminal (design.md, The terminal is not the engine).
 */
export function onInterrupt(onFirst: () => void, onStop: () => void): Interrupts {
  let asked = false
  const interrupt = () => {
    if (asked) onStop()
    else onFirst()
    asked = true
  }
  const ignore = () => {}
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', onStop)
  process.on('SIGHUP', ignore)
  return {
    restore() {
      process.off('SIGINT', interrupt)
      process.off('SIGTERM', onStop)
      process.off('SIGHUP', ignore)
    },
  }
}
