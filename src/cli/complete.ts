import type { Globals, Io } from './command.ts'
import { openReader, type Reader } from './open-engine.ts'
import { workspaceConfig } from './workspace.ts'

/** As many task ids as anyone would want to choose from by Tab. */
const TASKS = 200
const TASK_COMMANDS: ReadonlySet<unknown> = new Set(['task', 'logs', 'retry', 'cancel'])

/**
 * What may stand where the cursor is: sites, batches and task ids of the workspace; undefined where commands
 * and options complete as usual.
 * @param words the words before the cursor, without the program's name
 */
export async function valuesFor(
  words: readonly string[],
  current: string,
  options: Globals,
  io: Io,
): Promise<string[] | undefined> {
  const before = words.at(-1)
  const [name] = words
  if (before === '--site') return Object.keys((await workspaceConfig(options, io)).sites)
  if (before === '--batch' || name === 'resume') return looking(options, io, batchIds)
  if (TASK_COMMANDS.has(name) && !current.startsWith('-') && !before?.startsWith('--'))
    return looking(options, io, taskIds)
  return undefined
}

async function looking(
  options: Globals,
  io: Io,
  ask: (reader: Reader) => Promise<string[]>,
): Promise<string[]> {
  const reader = await openReader(await workspaceConfig(options, io), io.clock, () => {})
  try {
    return await ask(reader)
  } finally {
    await reader.close()
  }
}

async function batchIds(reader: Reader): Promise<string[]> {
  const { batches } = await reader.query({ type: 'batches', offset: 0, limit: TASKS })
  return batches.map((batch) => batch.batch_id)
}

async function taskIds(reader: Reader): Promise<string[]> {
  const { batch } = await reader.query({ type: 'overview' })
  if (!batch) return []
  const filter = { batch: batch.batch_id }
  const { tasks } = await reader.query({ type: 'tasks', filter, offset: 0, limit: TASKS })
  return tasks.map((task) => String(task.id))
}
