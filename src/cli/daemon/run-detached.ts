import type { Engine } from '../../domain/engine.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import { safe } from '../../domain/safe.ts'
import { attach, attachTo, otherProcess, type Place } from '../attach.ts'
import type { Io } from '../command.ts'
import type { Output } from '../output.ts'
import { missingLines } from '../plan-printer.ts'
import { many } from '../words.ts'
import { startDaemon } from './start.ts'

/**
 * Has a batch started by the engine that runs, else by a daemon that is started for it, and leaves it to that.
 * @throws ZafraError `conflict`, `lists`, `no_engine`
 */
export async function runDetached(place: Place, filter: TaskFilter, output: Output, io: Io): Promise<void> {
  const engine = await engineThatStays(place, io)
  try {
    for (const line of missingLines(await engine.query({ type: 'plan', filter }))) output.note(line)
    const started = await engine.execute({ type: 'start_batch', filter })
    const pid = await otherProcess(engine)
    if (output.json) return output.document({ ...started, pid })
    const { batch_id, tasks, rejected } = started
    output.line(`batch ${safe(batch_id)} of ${many(tasks, 'task')} goes on in process ${pid}`)
    if (rejected > 0) output.note(`${many(rejected, 'row')} rejected: zafra plan says why`)
  } finally {
    await engine.close()
  }
}

async function engineThatStays(place: Place, io: Io): Promise<Engine> {
  if ('socket' in place) return attachTo(place.socket, io.clock)
  return (await attach(place, io.clock)) ?? startDaemon(await place.config(), io)
}
