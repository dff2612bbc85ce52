import { resolve } from 'node:path'
import type { Config } from '../../domain/config.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import type { LogStream } from '../../domain/logs.ts'
import type { Reads } from '../../domain/store.ts'
import { namedBatch } from '../../engine/named.ts'

/** Which lines of which logs. */
export interface LogWish {
  /** Of the tasks; its moments are those of the lines. Without a batch and a moment: the running or latest batch. */
  filter: TaskFilter
  stream?: LogStream | undefined
}

/** One attempt's log, by name and place. */
export interface ChosenLog {
  batch_id: string
  task_id: number
  attempt: number
  /** Absolute. */
  path: string
}

/** A line of a log, and whose it is. */
export interface LogRow {
  /** UTC, milliseconds, ISO 8601. */
  at: string
  batch_id: string
  task_id: number
  attempt: number
  stream: LogStream
  text: string
  continued: boolean
}

const PAGE = 500

/**
 * The logs that may hold such lines, in the order of batches, tasks and attempts.
 * @throws ZafraError `not_found` where there is no such batch
 */
export async function* chosenLogs(reads: Reads, config: Config, wish: LogWish): AsyncGenerator<ChosenLog> {
  const { since, until, batch: _batch, ...filter } = wish.filter
  for (const batch of await chosenBatches(reads, wish.filter)) {
    for (let after = 0; ;) {
      const tasks = await reads.listedTasks({ ...filter, batch }, { after, limit: PAGE })
      for (const { id } of tasks) {
        for (const attempt of await reads.attempts(id)) {
          if (!overlaps(attempt.started_at, attempt.ended_at, since, until)) continue
          const path = resolve(config.workspace, attempt.log_path)
          yield { batch_id: batch, task_id: id, attempt: attempt.number, path }
        }
      }
      if (tasks.length < PAGE) break
      after = tasks.at(-1)?.id ?? after
    }
  }
}

async function chosenBatches(reads: Reads, { batch, since, until }: TaskFilter): Promise<string[]> {
  if (batch !== undefined) {
    await namedBatch(reads, batch)
    return [batch]
  }
  if (since === undefined && until === undefined) {
    const latest = (await reads.openBatches())[0] ?? (await reads.latestBatch())
    return latest ? [latest.batch_id] : []
  }
  const { batches } = await reads.batches({ offset: 0, limit: Number.MAX_SAFE_INTEGER })
  return batches
    .filter((each) => overlaps(each.started_at, each.completed_at, since, until))
    .map((each) => each.batch_id)
    .toReversed()
}

/** `end` null: it goes on. */
function overlaps(start: string, end: string | null, since?: string, until?: string): boolean {
  return (until === undefined || start < until) && (since === undefined || end === null || end >= since)
}

/**
 * The wanted lines of one log, some at a time.
 * @param passed hears how many bytes of the log have been read
 * @throws ZafraError `not_found` where the log is gone
 */
export async function* logRows(
  { path, ...whose }: ChosenLog,
  { filter: { since, until }, stream }: LogWish,
  passed: (bytes: number) => void,
): AsyncGenerator<LogRow[]> {
  const { logThrough } = await import('../../runner/log-through.ts')
  const [first, beyond] = [isoTime(since), isoTime(until)]
  for await (const { lines, bytes } of logThrough(path)) {
    const wanted = lines.filter(
      (line) =>
        (stream === undefined || line.stream === stream) &&
        (first === undefined || line.at >= first) &&
        (beyond === undefined || line.at < beyond),
    )
    yield wanted.map(({ at, stream: of, text, continued }) => ({ at, ...whose, stream: of, text, continued }))
    passed(bytes)
  }
}

function isoTime(sqlTime: string | undefined): string | undefined {
  return sqlTime === undefined ? undefined : `${sqlTime.replace(' ', 'T')}.000Z`
}
