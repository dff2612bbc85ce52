import { readFile } from 'node:fs/promises'
import { parseSqlTime, sqlTime } from '../../domain/clock.ts'
import { limitsReached } from '../../engine/gate.ts'
import { createMachine } from '../../runner/index.ts'
import { fromDatabase } from '../open-engine.ts'
import type { Check } from './examine.ts'

/** Before this moment there was no Zafra: a clock that shows it is wrong. */
const EARLIEST = Date.UTC(2025, 0, 1)

/** Open files of an attempt in the engine (two pipes, log, output, a look into /proc), with room to spare. */
const FILES_PER_ATTEMPT = 16
const FILES_OF_THE_ENGINE = 128

/** What would hold back every start right now. */
export const checkLoad: Check = async ({ config }) => {
  const load = await createMachine(config.workspace).load()
  return limitsReached(load, config.execution).map(({ message }) => ({
    message,
    remedy: 'free some, or raise the limit under execution in zafra.yaml',
  }))
}

export const checkClock: Check = async ({ config, io }) => {
  const { clock } = io
  const now = clock.now()
  const remedy = 'set the clock, or switch on its synchronisation'
  if (now.getTime() < EARLIEST) return [{ message: `the clock shows ${sqlTime(now)} UTC`, remedy }]
  // A database that cannot be read is a finding of its own.
  const last = await fromDatabase(config, clock, (reads) => reads.latestBatch(), undefined).catch(
    () => undefined,
  )
  if (!last || parseSqlTime(last.started_at) <= now) return []
  const message = `the clock shows ${sqlTime(now)} UTC, but batch ${last.batch_id} began at ${last.started_at}`
  return [{ message, remedy }]
}

export const checkLimits: Check = async ({ config }) => {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '')
  const open = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1])
  const needed = FILES_OF_THE_ENGINE + config.execution.max_parallel * FILES_PER_ATTEMPT
  // Where the system has no such file, or no limit, there is nothing to say.
  if (Number.isNaN(open) || open >= needed) return []
  const message = `${open} files may be open, ${config.execution.max_parallel} tasks at once need ${needed}`
  return [{ message, remedy: `ulimit -n ${needed}, or lower execution.max_parallel` }]
}
