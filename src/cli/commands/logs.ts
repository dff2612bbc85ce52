import type { Argv } from 'yargs'
import type { Attempt } from '../../domain/attempt.ts'
import { ZafraError } from '../../domain/error.ts'
import type { LogLine, LogStream } from '../../domain/logs.ts'
import { taskId } from '../act.ts'
import { command, facts, type Globals } from '../command.ts'
import { printLine, printLog, printRaw } from '../log-printer.ts'
import { openReader } from '../open-engine.ts'
import { commandPlace } from '../workspace.ts'

export const show = command({
  command: '$0 <id>',
  describe: "one attempt's log, the last attempt's if none is named",
  examples: [
    ['zafra logs 12 -f', 'follow it until the attempt ends'],
    ['zafra logs 12 --attempt 1 --stderr', 'what the first attempt said on standard error'],
    ['zafra logs 12 --stdout --raw > out.txt', 'exactly what the scraper printed'],
  ],
  options: (yargs: Argv<Globals>) =>
    facts(yargs)
      .positional('id', { type: 'number', demandOption: true, describe: 'task id' })
      .option('follow', { alias: 'f', type: 'boolean', describe: 'go on until the attempt ends' })
      .option('attempt', { type: 'number', requiresArg: true, describe: 'number of the attempt' })
      .option('stdout', { type: 'boolean', describe: 'standard output only' })
      .option('stderr', { type: 'boolean', describe: 'standard error only' })
      .option('raw', {
        type: 'boolean',
        describe: 'the text alone; unchanged where it does not go to a terminal',
      })
      .conflicts('stdout', 'stderr')
      .conflicts('json', ['follow', 'raw']),
  async run(options, output, io) {
    const id = taskId(options.id)
    const place = await commandPlace(options, io)
    const find = async () => {
      const looker = await openReader(place, io.clock, output.note)
      try {
        const { attempts } = await looker.query({ type: 'task', id })
        return chosen(id, options.attempt, attempts)
      } finally {
        await looker.close()
      }
    }
    const attempt = await find()
    const stream: LogStream | undefined = options.stdout ? 'out' : options.stderr ? 'err' : undefined
    const choice = { task_id: options.id, attempt: attempt.number, ...(stream && { stream }) }
    const lines: LogLine[] = []
    const print = output.json
      ? (line: LogLine) => lines.push(line)
      : options.raw
        ? printRaw(output)
        : printLine(output)
    const hasEnded = async () => !options.follow || (await find()).ended_at !== null

    const reader = await openReader(place, io.clock, output.note)
    try {
      const removed_at = await printLog(reader, choice, print, { output, clock: io.clock, hasEnded })
      if (output.json) output.document({ attempt: attempt.number, ...(removed_at && { removed_at }), lines })
    } finally {
      await reader.close()
    }
  },
})

function chosen(id: number, number: number | undefined, attempts: readonly Attempt[]): Attempt {
  const attempt = number === undefined ? attempts.at(-1) : attempts.find((each) => each.number === number)
  if (attempt) return attempt
  throw new ZafraError(
    'not_found',
    number === undefined
      ? `task ${id} has not been tried yet`
      : `task ${id} has no attempt ${number}; zafra task ${id} shows them`,
  )
}
