import type { Argv } from 'yargs'
import type { Changed } from '../domain/command.ts'
import type { Engine } from '../domain/engine.ts'
import { ZafraError } from '../domain/error.ts'
import type { TaskFilter } from '../domain/filter.ts'
import type { Place } from './attach.ts'
import type { Io, Verdict } from './command.ts'
import { toFilter, type FilterOptions } from './filters.ts'
import type { Purpose } from './assemble.ts'
import { openEngine } from './open-engine.ts'
import type { Output } from './output.ts'
import { many } from './words.ts'

/** Does one thing with the engine of a place and lets go of it. */
export async function withEngine<T>(
  place: Place,
  output: Output,
  io: Io,
  act: (engine: Engine) => Promise<T>,
  purpose: Purpose = 'act',
): Promise<T> {
  const engine = await openEngine(place, io, output.note, purpose)
  const interrupted = interruption()
  try {
    return await Promise.race([act(engine), interrupted.promise])
  } finally {
    interrupted.unwatch()
    await engine.close()
  }
}

/**
 * Rejects when the process is told to end and nobody else heeds it: the engine must be closed first, or what it has
 * started is left behind. A hang-up ends nothing. After the first time signals do what they always do.
 */
function interruption(): { promise: Promise<never>; unwatch(): void } {
  const { promise, reject } = Promise.withResolvers<never>()
  const end = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) > 1) return
    unwatch()
    reject(new ZafraError('interrupted', `stopped by ${signal}`))
  }
  const ignore = () => {}
  process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', ignore)
  const unwatch = () => process.off('SIGINT', end).off('SIGTERM', end).off('SIGHUP', ignore)
  return { promise, unwatch }
}

/** Adds the positional `[ids..]`. */
export function taskIds<T>(yargs: Argv<T>) {
  return yargs.positional('ids', { type: 'number', array: true, describe: 'task ids' })
}

/**
 * The tasks that a command line names: by id, or by at least one filter.
 * @throws ZafraError `usage` where it names none: nobody means every task by saying nothing
 */
export function chosenTasks(
  options: FilterOptions & { ids?: number[] | undefined },
  hint: string,
): TaskFilter {
  const filter = toFilter(options)
  const ids = options.ids ?? []
  ids.forEach(taskId)
  if (ids.length > 0) return { ...filter, ids }
  if (Object.keys(filter).length === 0) throw new ZafraError('usage', `say which tasks: ${hint}`)
  return filter
}

/** @throws ZafraError `usage` for what cannot be the id of a task */
export function taskId(id: number): number {
  if (Number.isSafeInteger(id) && id > 0) return id
  throw new ZafraError('usage', 'task ids are whole numbers; zafra tasks lists them')
}

/** Says what was done to how many and what was refused. `failed` where something named could not be done. */
export function reportChanged(done: string, { changed, refused }: Changed, output: Output): Verdict {
  if (output.json) output.document({ changed, refused })
  else {
    output.line(`${many(changed, 'task')} ${done}`)
    for (const { id, reason } of refused) output.note(`task ${id} not ${done}: ${reason}`)
  }
  return refused.length > 0 ? 'failed' : 'done'
}
