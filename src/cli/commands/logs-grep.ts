import type { Config } from '../../domain/config.ts'
import { ZafraError } from '../../domain/error.ts'
import { safeJson } from '../../domain/safe.ts'
import type { Reads } from '../../domain/store.ts'
import { command, facts } from '../command.ts'
import { COLUMNS, textRow } from '../logs/formats.ts'
import { linePattern, LineSearch, type Found } from '../logs/grep.ts'
import { logFilters, logWish } from '../logs/options.ts'
import { chosenLogs, logRows, type LogWish } from '../logs/rows.ts'
import { fromDatabase } from '../open-engine.ts'
import type { Output } from '../output.ts'
import { workspaceConfig } from '../workspace.ts'

interface Search {
  pattern: RegExp
  context: number
  wish: LogWish
}

export const grep = command({
  command: 'grep <pattern>',
  describe: 'the lines of many logs that match a regular expression',
  examples: [
    ["zafra logs grep 'HTTP 5\\d\\d'", 'in the running or latest batch'],
    ['zafra logs grep -iF captcha -C 2 --site Inm24 --since 2025-09-16', 'with two lines around each'],
  ],
  options: (yargs) =>
    logFilters(facts(yargs))
      .positional('pattern', {
        type: 'string',
        demandOption: true,
        describe: 'regular expression as in JavaScript, tried on each line as a terminal shows it',
      })
      .option('ignore-case', { alias: 'i', type: 'boolean', default: false, describe: 'letter case ignored' })
      .option('fixed', { alias: 'F', type: 'boolean', default: false, describe: 'the pattern as it is' })
      .option('context', {
        alias: 'C',
        type: 'number',
        default: 0,
        requiresArg: true,
        describe: 'lines around',
      })
      .check(({ context }) => (Number.isSafeInteger(context) && context >= 0) || '-C is a whole number')
      .epilogue('Exit status 0 where a line matched, 1 where none did.'),
  async run(options, output, io) {
    const { fixed, ignoreCase, context } = options
    const pattern = linePattern(options.pattern, { fixed, ignoreCase })
    const config = await workspaceConfig(options, io)
    const search = { pattern, context, wish: logWish(options) }
    const print = printFound(search, output, options.header)
    const matches = await fromDatabase(
      config,
      io.clock,
      (reads) => searchLogs(reads, config, search, output, print),
      0,
    )
    // What is shown is a match or beside one.
    if (output.json) output.raw(`${matches > 0 ? '' : '{"lines":['}],"matches":${matches}}\n`)
    return matches > 0 ? 'done' : 'failed'
  },
})

/** Returns how many lines matched. */
async function searchLogs(
  reads: Reads,
  config: Config,
  { pattern, context, wish }: Search,
  output: Output,
  print: (found: Found) => void,
): Promise<number> {
  let matches = 0
  for await (const log of chosenLogs(reads, config, wish)) {
    const lines = new LineSearch(pattern, context)
    try {
      for await (const rows of logRows(log, wish, () => {})) {
        for (const found of lines.find(rows)) {
          if (found.match) matches += 1
          print(found)
        }
        await output.drained()
        if (output.gone.aborted) return matches
      }
    } catch (error) {
      if (!(error instanceof ZafraError) || error.code !== 'not_found') throw error
    }
  }
  return matches
}

function printFound({ pattern, context }: Search, output: Output, header: boolean): (found: Found) => void {
  const { colour, json, terminal } = output
  if (json) {
    let first = true
    return ({ row, match }) => {
      output.raw(`${first ? '{"lines":[' : ','}${safeJson(context > 0 ? { ...row, match } : row)}`)
      first = false
    }
  }
  if (!terminal) {
    if (header) output.line([...(context > 0 ? ['match'] : []), ...COLUMNS].join('\t'))
    return ({ row, text, match }) =>
      output.line(`${context > 0 ? `${match ? 1 : 0}\t` : ''}${textRow(row, false, text)}`)
  }
  const each = new RegExp(pattern.source, `${pattern.flags}g`)
  let task: number | undefined
  return ({ row, text, match, apart }) => {
    if (context > 0 && (apart || (task !== undefined && task !== row.task_id))) output.line(colour.dim('--'))
    task = row.task_id
    const shown = text.replace(each, (piece: string) => (piece === '' ? '' : colour.red.bold(piece)))
    output.line(match ? textRow(row, true, shown) : colour.dim(textRow(row, true, text)))
  }
}
