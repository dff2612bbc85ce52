import { resolve, sep } from 'node:path'
import { ZafraError } from '../../domain/error.ts'
import type { Query, Views } from '../../domain/query.ts'
import { namedTask } from '../named.ts'
import type { ViewParts } from '../views.ts'

/** More rows than this are no first look. */
const MOST_ROWS = 50

export async function outputView(
  { reads, config, outputs }: ViewParts,
  { task_id, limit }: Extract<Query, { type: 'output' }>,
): Promise<Views['output']> {
  const task = await namedTask(reads, task_id)
  const final = resolve(config.workspace, task.output_path)
  // A database that another program wrote may name any file of this machine.
  const own = [config.workspace, config.paths.data].some((folder) => final.startsWith(folder + sep))
  for (const accepted of own ? [true, false] : []) {
    const path = accepted ? task.output_path : `${task.output_path}.partial`
    const head = await outputs.head(resolve(config.workspace, path), Math.min(limit, MOST_ROWS))
    if (head) return { path, accepted, ...head }
  }
  throw new ZafraError('not_found', `task ${task_id} has written nothing yet (${task.output_path})`)
}
