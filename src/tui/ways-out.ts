import { constants } from 'node:os'
import type { Leave } from './index.ts'

/** The terminal is gone: what a shell reports of a program that ended by SIGHUP. */
export const HANGUP: Leave = { why: 'hangup', exit_code: 128 + constants.signals.SIGHUP }

/**
 * Calls `leave` when the process is told to end or the terminal goes away. Returns what ends the watch, but for
 * SIGHUP and the streams' errors: a terminal that is gone says so more than once, and unheard it would end the
 * process, which may have work to finish.
 */
export function watchWaysOut(
  stdin: NodeJS.ReadStream,
  stdout: NodeJS.WriteStream,
  leave: (leave: Leave) => void,
): () => void {
  const hangup = () => leave(HANGUP)
  const signalled = (_: NodeJS.Signals, number: number) => leave({ why: 'signal', exit_code: 128 + number })
  process.on('SIGHUP', hangup).on('SIGINT', signalled).on('SIGQUIT', signalled).on('SIGTERM', signalled)
  stdin.on('end', hangup).on('error', hangup)
  stdout.on('error', hangup)
  return () => {
    process.off('SIGINT', signalled).off('SIGQUIT', signalled).off('SIGTERM', signalled)
    stdin.off('end', hangup)
  }
}
