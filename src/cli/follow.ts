import type { Clock } from '../domain/clock.ts'
import type { Engine } from '../domain/engine.ts'
import type { EngineEvent } from '../domain/event.ts'
import type { Overview } from '../domain/query.ts'
import { safeDeep } from '../domain/safe.ts'
import { onInterrupt } from './interrupts.ts'
import type { Output } from './output.ts'
import { alertLine, summaryLine, taskLine } from './progress-lines.ts'
import { many } from './words.ts'

/** Time between two lines that sum up. */
const SUMMARY_MS = 10_000

/** Why the following is over. `drained`: nothing runs any more, but the batch is not finished. */
export type FollowEnd = 'finished' | 'drained' | 'stopped'

/**
 * Prints what happens to a batch, line by line, until it is over. Ctrl-C once drains, twice stops; Ctrl-Z does
 * nothing. The engine stays open.
 * @param lost called when nobody hears any more: the terminal or the reader of standard output is gone
 */
export async function follow(
  engine: Engine,
  batch_id: string,
  output: Output,
  clock: Clock,
  lost: () => void,
): Promise<FollowEnd> {
  const { promise, resolve, reject } = Promise.withResolvers<FollowEnd>()
  const say = (text: string | undefined) => {
    if (text !== undefined && output.loudness !== 'quiet' && !output.json) output.line(text)
  }
  const alerts = new Set<string>()

  const heed = ({ batch, engine: own, running, alerts: current }: Overview) => {
    for (const alert of current.filter((each) => !alerts.has(each.message)))
      say(alertLine(alert, output, clock))
    alerts.clear()
    for (const alert of current) alerts.add(alert.message)
    if (batch?.batch_id === batch_id && batch.status !== 'running') resolve('finished')
    if (own.state === 'interrupted' && running.length === 0) resolve('drained')
  }
  const look = async () => {
    const overview = safeDeep(await engine.query({ type: 'overview' }))
    heed(overview)
    return overview
  }
  const onEvent = (unsafe: EngineEvent) => {
    // Comes often, and is nothing for a line.
    if (unsafe.type === 'progress') return
    const event = safeDeep(unsafe)
    if (event.type === 'snapshot') {
      say(summaryLine(event.overview, output, clock))
      heed(event.overview)
    }
    if (event.type === 'task' && event.task.execution_batch === batch_id)
      say(taskLine(event.task, output, clock))
    if (event.type === 'batch' && event.batch.batch_id === batch_id && event.batch.status !== 'running')
      resolve('finished')
    if (event.type === 'engine') look().catch(reject)
  }
  const sumUp = () => {
    stopTimer = clock.after(SUMMARY_MS, sumUp)
    look().then((overview) => say(summaryLine(overview, output, clock)), reject)
  }
  const drain = async () => {
    const { running } = await engine.execute({ type: 'drain' })
    output.note(`Draining: ${many(running, 'task')} may end, nothing new starts. Ctrl-C again stops them.`)
    await look()
  }
  const interrupts = onInterrupt({
    onFirst: () => void drain().catch(reject),
    onStop: () => resolve('stopped'),
    onSuspend: () => output.note('The batch goes on: Ctrl-Z would hold it up. Ctrl-C lets what runs end.'),
    onHangup: lost,
  })
  if (output.gone.aborted) lost()
  output.gone.addEventListener('abort', lost)
  let stopTimer = clock.after(SUMMARY_MS, sumUp)
  const unsubscribe = engine.subscribe(onEvent)
  try {
    return await promise
  } finally {
    unsubscribe()
    stopTimer()
    interrupts.restore()
    output.gone.removeEventListener('abort', lost)
  }
}
