import { resolve } from 'node:path'
import type { Attempt } from '../../domain/attempt.ts'
import { ZafraError } from '../../domain/error.ts'
import type { Query, Views } from '../../domain/query.ts'
import type { ViewParts } from '../views.ts'

export async function logView(
  parts: ViewParts,
  { from, limit, stream, ...of }: Extract<Query, { type: 'log' }>,
): Promise<Views['log']> {
  const { number, path } = await logOf(parts, of)
  const page = await parts.logs.read(path, { from, limit, ...(stream && { stream }) })
  return { ...page, attempt: number }
}

export async function logMatches(
  parts: ViewParts,
  { text, from, stream, ...of }: Extract<Query, { type: 'log_matches' }>,
): Promise<Views['log_matches']> {
  const { number, path } = await logOf(parts, of)
  const matches = await parts.logs.find(path, { text, from, ...(stream && { stream }) })
  return { ...matches, attempt: number }
}

/** The attempt that is meant, the last one where none is named, and where its log stands. */
async function logOf(
  { reads, config }: ViewParts,
  { task_id, attempt: number }: { task_id: number; attempt?: number },
): Promise<Pick<Attempt, 'number'> & { path: string }> {
  const attempts = await reads.attempts(task_id)
  const found = number === undefined ? attempts.at(-1) : attempts.find((each) => each.number === number)
  if (!found) {
    const which = number === undefined ? 'has not been tried yet' : `has no attempt ${number}`
    throw new ZafraError('not_found', `task ${task_id} ${which}`)
  }
  return { number: found.number, path: resolve(config.workspace, found.log_path) }
}
