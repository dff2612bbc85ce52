import type { Clock } from '../domain/clock.ts'
import type { Engine } from '../domain/engine.ts'
import { ZafraError } from '../domain/error.ts'
import type { EngineEvent } from '../domain/event.ts'
import type { Overview } from '../domain/query.ts'
import { safeDeep } from '../domain/safe.ts'
import { isUnreachable, otherProcess } from './attach.ts'
import { onInterrupt } from './interrupts.ts'
import type { Output } from './output.ts'
import { alertLine, summaryLine, taskLine } from './progress-lines.ts'
import { many } from './words.ts'

/** Time between two lines that sum up. */
const SUMMARY_MS = 10_000
/** How long an engine of another process may be out of reach before it is given up. */
const LOST_MS = 30_000

/**
 * Why the following is over. `drained`: nothing runs any more, but the batch is not finished · `detached`: the batch
 * goes on in another process.
 */
export type FollowEnd = 'finished' | 'drained' | 'stopped' | 'detached'

/**
 * Prints what happens to a batch, line by line, until it is over. Where the work is this process's, Ctrl-C once
 * drains and twice stops; where it is another's, Ctrl-C only ends the following. Ctrl-Z does nothing. The engine
 * stays open.
 * @param lost called when nobody hears any more: the terminal or the reader of standard output is gone
 * @throws ZafraError `no_engine` where the other process is out of reach for good
 */
export async function follow(
  engine: Engine,
  batch_id: string,
  output: Output,
  clock: Clock,
  lost: () => void,
): Promise<FollowEnd> {
  const { promise, resolve, reject } = Promise.withResolvers<FollowEnd>()
  const other = await otherProcess(engine)
  const say = (text: string | undefined) => {
    if (text !== undefined && output.loudness !== 'quiet' && !output.json) output.line(text)
  }
  const tell = lineTeller(batch_id, say, output, clock)
  const heed = (overview: Overview) => {
    tell.alerts(overview)
    const { batch, engine: own, running } = overview
    if (batch?.batch_id === batch_id && batch.status !== 'running') resolve('finished')
    if (own.state === 'interrupted' && running.length === 0) resolve('drained')
  }
  const look = async () => {
    const overview = safeDeep(await engine.query({ type: 'overview' }))
    heed(overview)
    return overview
  }
  // What cannot be reached is told of by an event, and there again by another.
  const fail = (error: unknown) => {
    if (other === null || !isUnreachable(error)) reject(error)
  }
  const giveUp = () =>
    reject(
      new ZafraError(
        'no_engine',
        `the engine of process ${other} has been out of reach for ${LOST_MS / 1000} s; zafra status shows how ` +
          `batch ${batch_id} stands, zafra resume goes on with it`,
      ),
    )
  let stopWaiting = () => {}
  const onEvent = (unsafe: EngineEvent) => {
    // Comes often, and is nothing for a line.
    if (unsafe.type === 'progress') return
    // Once for each loss, not for each try.
    if (unsafe.type === 'connection' && unsafe.tries > 1) return
    const event = safeDeep(unsafe)
    tell.event(event)
    if (event.type === 'snapshot') heed(event.overview)
    if (event.type === 'batch' && event.batch.batch_id === batch_id && event.batch.status !== 'running')
      resolve('finished')
    if (event.type === 'engine') look().catch(fail)
    if (event.type === 'connection') {
      stopWaiting()
      stopWaiting = event.connected ? () => {} : clock.after(LOST_MS, giveUp)
    }
  }
  const sumUp = () => {
    stopTimer = clock.after(SUMMARY_MS, sumUp)
    look().then((overview) => say(summaryLine(overview, output, clock)), fail)
  }
  const drain = async () => {
    const { running } = await engine.execute({ type: 'drain' })
    output.note(`Draining: ${many(running, 'task')} may end, nothing new starts. Ctrl-C again stops them.`)
    await look()
  }
  const detach = () => resolve('detached')
  const leave = other === null ? lost : detach
  const interrupts = onInterrupt({
    onFirst: other === null ? () => void drain().catch(reject) : detach,
    onStop: other === null ? () => resolve('stopped') : detach,
    onSuspend: () =>
      output.note(
        other === null
          ? 'The batch goes on: Ctrl-Z would hold it up. Ctrl-C lets what runs end.'
          : `The batch goes on in process ${other}: Ctrl-C leaves it to that.`,
      ),
    onHangup: leave,
  })
  if (output.gone.aborted) leave()
  output.gone.addEventListener('abort', leave)
  let stopTimer = clock.after(SUMMARY_MS, sumUp)
  const unsubscribe = engine.subscribe(onEvent)
  try {
    return await promise
  } finally {
    unsubscribe()
    stopTimer()
    stopWaiting()
    interrupts.restore()
    output.gone.removeEventListener('abort', leave)
  }
}

/** Turns what is heard into lines. */
function lineTeller(batch_id: string, say: (text: string | undefined) => void, output: Output, clock: Clock) {
  const told = new Set<string>()
  return {
    /** Those that have not been told, or have been away since. */
    alerts({ alerts }: Overview) {
      // Suspect outputs are told with their tasks, and once more at the end.
      const others = alerts.filter(({ code }) => code !== 'suspect')
      for (const alert of others.filter((each) => !told.has(each.message)))
        say(alertLine(alert, output, clock))
      told.clear()
      for (const alert of alerts) told.add(alert.message)
    },
    event(event: EngineEvent) {
      if (event.type === 'snapshot') say(summaryLine(event.overview, output, clock))
      if (event.type === 'task' && event.task.execution_batch === batch_id)
        say(taskLine(event.task, output, clock))
      if (event.type === 'connection')
        output.note(event.connected ? 'Connected again.' : `Connection lost: ${event.message}. Trying again.`)
    },
  }
}
