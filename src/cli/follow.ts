import type { Clock } from '../domain/clock.ts'
import type { Engine } from '../domain/engine.ts'
import type { EngineEvent } from '../domain/event.ts'
import { onInterrupt } from './interrupts.ts'
import type { Output } from './output.ts'
import { alertLine, summaryLine, taskLine } from './progress-lines.ts'
import { many } from './words.ts'

/** Time between two lines that sum up. */
const SUMMARY_MS = 10_000

/** Why the following is over. `drained`: nothing runs any more, but the batch is not finished. */
export type FollowEnd = 'finished' | 'drained' | 'stopped'

/**
 * Prints what happens to a batch, line by line, until it is over. Ctrl-C once drains, twice stops.
 * The engine stays open.
 */
export async function follow(
  engine: Engine,
  batch_id: string,
  output: Output,
  clock: Clock,
): Promise<FollowEnd> {
  const { promise, resolve, reject } = Promise.withResolvers<FollowEnd>()
  const say = (text: string | undefined) => {
    if (text !== undefined && output.loudness !== 'quiet' && !output.json) output.line(text)
  }
  let draining = false
  const alerts = new Set<string>()

  const look = async () => {
    const overview = await engine.query({ type: 'overview' })
    for (const alert of overview.alerts.filter((each) => !alerts.has(each.message)))
      say(alertLine(alert, output, clock))
    alerts.clear()
    for (const alert of overview.alerts) alerts.add(alert.message)
    if (draining && overview.running.length === 0) resolve('drained')
    return overview
  }
  const onEvent = (event: EngineEvent) => {
    if (event.type === 'snapshot') say(summaryLine(event.overview, output, clock))
    if (event.type === 'task' && event.task.execution_batch === batch_id)
      say(taskLine(event.task, output, clock))
    const batch =
      event.type === 'batch' ? event.batch : event.type === 'snapshot' ? event.overview.batch : null
    if (batch?.batch_id === batch_id && batch.status !== 'running') resolve('finished')
    if (event.type === 'engine' || draining) look().catch(reject)
  }
  const sumUp = () => {
    stopTimer = clock.after(SUMMARY_MS, sumUp)
    look().then((overview) => say(summaryLine(overview, output, clock)), reject)
  }
  const interrupts = onInterrupt(
    () => {
      draining = true
      engine
        .execute({ type: 'drain' })
        .then(({ running }) => {
          output.note(
            `Draining: ${many(running, 'task')} may end, nothing new starts. Ctrl-C again stops them.`,
          )
          return look()
        })
        .catch(reject)
    },
    () => resolve('stopped'),
  )
  let stopTimer = clock.after(SUMMARY_MS, sumUp)
  const unsubscribe = engine.subscribe(onEvent)
  try {
    return await promise
  } finally {
    unsubscribe()
    stopTimer()
    interrupts.restore()
  }
}
