import { access, constants } from 'node:fs/promises'
import { isOfList } from '../../domain/plan.ts'
import { fromDatabase } from '../open-engine.ts'
import { count } from '../words.ts'
import { exists } from '../write-files.ts'
import type { Check, Fault } from './examine.ts'

export const checkFolders: Check = async ({ config: { workspace, paths } }) => {
  const faults: Fault[] = []
  const look = (path: string, mode: number, verb: string) =>
    access(path, mode).catch(() => {
      faults.push({ message: `${path} cannot be ${verb}`, remedy: 'make it, or change its owner or mode' })
    })
  await look(workspace, constants.W_OK, 'written')
  await look(paths.urls, constants.R_OK, 'read')
  for (const path of [paths.data, paths.logs]) {
    // Those are made when they are needed.
    if (await exists(path)) await look(path, constants.W_OK, 'written')
  }
  return faults
}

/** Reading the whole database proves that it can be opened and that its version is one we know. */
export const checkDatabase: Check = async ({ config, io }) => {
  await fromDatabase(config, io.clock, (reads) => reads.latestBatch(), undefined)
  return []
}

export const checkLists: Check = async ({ plan }) => {
  const { tasks, rejected, problems } = await plan()
  const unusable = problems
    .filter(isOfList)
    .map(({ file, message, remedy }) => ({ message: `${file} ${message}`, remedy }))
  if (tasks.length === 0)
    return [...unusable, { message: 'the lists give no task', remedy: 'zafra plan says why' }]
  if (rejected === 0) return unusable
  return [
    ...unusable,
    { message: `${count(rejected)} rows of the lists are rejected`, remedy: 'zafra plan names each' },
  ]
}
