import type { Clock } from '../../domain/clock.ts'
import type { Engine } from '../../domain/engine.ts'

/** `late`: something still runs and has to be stopped. */
export type DrainEnd = 'drained' | 'late' | 'hurried'

/**
 * Lets what runs end and starts nothing more, until nothing runs, `seconds` have passed or `hurry` is aborted.
 */
export async function drain(
  engine: Engine,
  { seconds, clock, hurry }: { seconds: number; clock: Clock; hurry: AbortSignal },
): Promise<DrainEnd> {
  const { promise, resolve, reject } = Promise.withResolvers<DrainEnd>()
  const look = async () => {
    const { running } = await engine.query({ type: 'overview' })
    if (running.length === 0) resolve('drained')
  }
  const hurried = () => resolve('hurried')
  if (hurry.aborted) hurried()
  hurry.addEventListener('abort', hurried)
  const cancelDeadline = clock.after(seconds * 1000, () => resolve('late'))
  let unsubscribe = () => {}
  try {
    await engine.execute({ type: 'drain' })
    unsubscribe = engine.subscribe(({ type }) => {
      if (type === 'task' || type === 'engine' || type === 'snapshot') look().catch(reject)
    })
    return await promise
  } finally {
    unsubscribe()
    cancelDeadline()
    hurry.removeEventListener('abort', hurried)
  }
}
