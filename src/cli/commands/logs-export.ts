import { resolve } from 'node:path'
import { ZafraError } from '../../domain/error.ts'
import { command } from '../command.ts'
import { exportLogs, type Exported, type ExportWish } from '../logs/export.ts'
import { FORMATS } from '../logs/formats.ts'
import { logFilters, logWish } from '../logs/options.ts'
import { untilSignal } from '../logs/until-signal.ts'
import { fromDatabase } from '../open-engine.ts'
import { many, megabytes } from '../words.ts'
import { workspaceConfig } from '../workspace.ts'

export const exporting = command({
  command: 'export',
  describe: 'the lines of many logs with batch, task, attempt and stream, to a file',
  examples: [
    ['zafra logs export -o logs.jsonl', 'the running or latest batch'],
    [
      'zafra logs export --batch Sep25_01 --site Inm24 --format csv --gzip -o inm24.csv.gz',
      'one site of one',
    ],
    ['zafra logs export --since 2025-09-16T10:00 --until 2025-09-16T11:00 --format txt', 'an hour, to read'],
  ],
  options: (yargs) =>
    logFilters(yargs)
      .option('output', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        describe: 'file; - is standard output',
      })
      .option('format', { choices: FORMATS, default: 'jsonl' as const, describe: 'how lines are written' })
      .option('gzip', { type: 'boolean', default: false, describe: 'compressed' })
      .epilogue('The file is there whole or not at all.'),
  async run({ output: file = '-', format, gzip, ...options }, output, io) {
    const wish: ExportWish = {
      ...logWish(options),
      format,
      gzip,
      file: file === '-' ? null : resolve(io.cwd, file),
    }
    if (gzip && wish.file === null && output.terminal) {
      throw new ZafraError('usage', 'compressed bytes are nothing for a terminal; -o FILE takes them')
    }
    const config = await workspaceConfig(options, io)
    const none: Exported = { logs: 0, lines: 0, gone: 0, bytes: 0 }
    const writing = untilSignal((stopped) =>
      fromDatabase(
        config,
        io.clock,
        (reads) => {
          const signal = AbortSignal.any([stopped, output.gone])
          return exportLogs(reads, wish, { config, output, io, signal })
        },
        none,
      ),
    )
    const done = await writing.catch((error: unknown) => {
      if (wish.file === null && output.gone.aborted) return undefined
      throw error
    })
    if (!done) return
    if (done.gone > 0) output.note(`${many(done.gone, 'log')} left out: no longer there`)
    const target = file === '-' ? '' : ` to ${file}`
    output.note(`${many(done.lines, 'line')} of ${many(done.logs, 'log')}${target}, ${megabytes(done.bytes)}`)
  },
})
