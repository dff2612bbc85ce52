import { nearest } from '../domain/nearest.ts'
import { knownCommands, knownOptions, type MakeParser } from './known-words.ts'

/** What yargs says of a command line, with the nearest command or option where it did not know one. */
export async function explain(message: string, args: readonly string[], parser: MakeParser): Promise<string> {
  const unknown = /^Unknown arguments?: (.+)/.exec(message)?.[1]?.split(', ') ?? []
  const command = args.find((each) => unknown.includes(each))
  // An unknown command makes its options unknown too; they are not what is wrong.
  if (command !== undefined) {
    const known = await knownCommands(parser)
    const taker = args.slice(0, args.indexOf(command)).find((each) => known.includes(each))
    if (taker !== undefined) return `zafra ${taker} does not take "${command}"`
    return `there is no command ${command}${orNearest(command, known)}`
  }
  const [option] = unknown
  if (option === undefined) return message
  const dashed = option.length === 1 ? `-${option}` : `--${option}`
  const named = args.find((each) => !each.startsWith('-'))
  return `there is no option ${dashed}${orNearest(dashed, await knownOptions(parser, named))}`
}

function orNearest(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  return near === undefined ? '' : `; did you mean ${near}?`
}
