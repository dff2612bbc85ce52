import type { Clock } from '../domain/clock.ts'
import type { TtyOut } from './tty-out.ts'

/** Time for SIGTSTP to take effect in every thread. */
const STOP_MS = 50

/**
 * Gives the terminal to the shell and stops the process and its group, as Ctrl-Z does elsewhere. Resolves when
 * the operator is back; the terminal must then be taken back.
 */
export async function suspend(out: TtyOut, stdin: NodeJS.ReadStream, clock: Clock): Promise<void> {
  out.leave()
  stdin.setRawMode(false)
  process.kill(0, 'SIGTSTP')
  // Passes after the stop; or at once where the system stops nobody, as there is no shell to come back from.
  await new Promise<void>((resolve) => clock.after(STOP_MS, resolve))
}
