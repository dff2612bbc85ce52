import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Clock } from '../../domain/clock.ts'
import type { Config } from '../../domain/config.ts'
import { ZafraError } from '../../domain/error.ts'
import type { Reads } from '../../domain/store.ts'
import type { Output } from '../output.ts'
import { showProgress, type Progress } from './export-progress.ts'
import { writing, type Format } from './formats.ts'
import { chosenLogs, logRows, type LogWish } from './rows.ts'
import { writeWhole, type Put } from './whole-file.ts'

export interface ExportWish extends LogWish {
  format: Format
  gzip: boolean
  /** Absolute; null: standard output. */
  file: string | null
}

export interface Exported {
  logs: number
  lines: number
  /** Logs that are no more. */
  gone: number
  /** Written, compressed if so wished. */
  bytes: number
}

interface Around {
  config: Config
  output: Output
  io: { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream; clock: Clock }
  /** Gives up when it is aborted, also when whoever reads standard output has gone. */
  signal: AbortSignal
}

/**
 * Writes the chosen lines, in memory that does not grow with them.
 * @throws ZafraError `storage`, `not_found`; the signal's reason
 */
export async function exportLogs(reads: Reads, wish: ExportWish, around: Around): Promise<Exported> {
  const { config, output, io, signal } = around
  const done: Exported = { logs: 0, lines: 0, gone: 0, bytes: 0 }
  const watched = wish.file !== null || !output.terminal
  const progress = showProgress(watched ? await bytesOf(reads, config, wish) : 0, { output, ...io })
  const rows = exportRows(reads, wish, { ...around, progress: watched ? progress : undefined }, done)
  const fill = (put: Put) =>
    wish.gzip
      ? pipeline(rows, createGzip(), drain(put, done), { signal })
      : pipeline(rows, drain(put, done), { signal })
  const putOut: Put = (chunk) => {
    io.stdout.write(chunk)
    return output.drained()
  }
  try {
    await (wish.file === null ? fill(putOut) : writeWhole(wish.file, fill))
  } finally {
    progress.end()
  }
  return done
}

async function bytesOf(reads: Reads, config: Config, wish: LogWish): Promise<number> {
  const { logBytes } = await import('../../runner/log-through.ts')
  let total = 0
  for await (const { path } of chosenLogs(reads, config, wish)) total += await logBytes(path)
  return total
}

async function* exportRows(
  reads: Reads,
  wish: ExportWish,
  { config, output, progress }: Around & { progress: Progress | undefined },
  done: Exported,
): AsyncGenerator<string> {
  const { head, rows } = writing(wish.format, wish.file === null && output.terminal)
  if (head !== '') yield head
  let passed = 0
  for await (const log of chosenLogs(reads, config, wish)) {
    try {
      const some = logRows(log, wish, (bytes) => {
        passed += bytes
        progress?.at(passed, done.lines)
      })
      for await (const lines of some) {
        yield rows(lines)
        done.lines += lines.length
      }
      done.logs += 1
    } catch (error) {
      if (!(error instanceof ZafraError) || error.code !== 'not_found') throw error
      done.gone += 1
    }
  }
}

/** Each chunk in its turn. */
function drain(put: Put, done: Exported) {
  return async (chunks: AsyncIterable<string | Uint8Array>) => {
    for await (const chunk of chunks) {
      if (chunk.length === 0) continue
      await put(chunk)
      done.bytes += Buffer.byteLength(chunk)
    }
  }
}
