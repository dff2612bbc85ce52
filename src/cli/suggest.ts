import type { Argv } from 'yargs'
import { nearest } from '../domain/nearest.ts'

/**
 * What yargs says of a command line, with the nearest command or option where it did not know one.
 * @param parser makes a parser of a command line
 */
export async function explain(
  message: string,
  args: readonly string[],
  parser: (args: readonly string[]) => Argv,
): Promise<string> {
  const unknown = /^Unknown arguments?: (.+)/.exec(message)?.[1]?.split(', ') ?? []
  const command = args.find((each) => unknown.includes(each))
  // An unknown command makes its options unknown too; they are not what is wrong.
  if (command !== undefined) {
    const known = (await parser([]).getHelp()).match(/(?<=^ {2}zafra )[a-z]+/gm)
    const taker = args.slice(0, args.indexOf(command)).find((each) => known?.includes(each))
    if (taker !== undefined) return `zafra ${taker} does not take "${command}"`
    return `there is no command ${command}${orNearest(command, known)}`
  }
  const [option] = unknown
  if (option === undefined) return message
  const named = args.find((each) => !each.startsWith('-'))
  const known = (await parser(named === undefined ? [] : [named]).getHelp()).match(/(?<= )--[a-z-]+/g)
  const dashed = option.length === 1 ? `-${option}` : `--${option}`
  return `there is no option ${dashed}${orNearest(dashed, known)}`
}

function orNearest(word: string, known: readonly string[] | null): string {
  const near = nearest(word, known ?? [])
  return near === undefined ? '' : `; did you mean ${near}?`
}
