import type { Leave } from './index.ts'

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15 } as const

/** The terminal is gone: what a shell reports of a program that ended by SIGHUP. */
export const HANGUP: Leave = { why: 'hangup', exit_code: 128 + SIGNALS.SIGHUP }

/** Calls `leave` when the process is told to end or the terminal goes away. Returns what stops the watch. */
export function watchWaysOut(
  stdin: NodeJS.ReadStream,
  stdout: NodeJS.WriteStream,
  leave: (leave: Leave) => void,
): () => void {
  const hangup = () => leave(HANGUP)
  const signalled = (_: NodeJS.Signals, number: number) => {
    leave(number === SIGNALS.SIGHUP ? HANGUP : { why: 'signal', exit_code: 128 + number })
  }
  const names = Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]
  for (const name of names) process.on(name, signalled)
  stdin.on('end', hangup).on('error', hangup)
  stdout.on('error', hangup)
  return () => {
    for (const name of names) process.off(name, signalled)
    stdin.off('end', hangup).off('error', hangup)
    stdout.off('error', hangup)
  }
}
