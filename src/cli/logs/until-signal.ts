import { ZafraError } from '../../domain/error.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Does `work`, which gives up soon after a signal that would end the process, and cleans up.
 * @throws ZafraError `interrupted` where it was given up; what `work` throws
 */
export async function untilSignal<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const given = new AbortController()
  const listener = (name: NodeJS.Signals) =>
    given.abort(new ZafraError('interrupted', `stopped by ${name}; nothing was written`))
  for (const name of SIGNALS) process.on(name, listener)
  try {
    return await work(given.signal)
  } catch (error) {
    throw given.signal.aborted ? given.signal.reason : error
  } finally {
    for (const name of SIGNALS) process.off(name, listener)
  }
}
