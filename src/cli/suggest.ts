import { nearest } from '../domain/nearest.ts'
import { knownCommands, knownOptions, knownWords, type MakeParser } from './known-words.ts'

/** What yargs says of a command line, with the nearest command, word or option where it did not know one. */
export async function explain(message: string, args: readonly string[], parser: MakeParser): Promise<string> {
  const unknown = /^Unknown arguments?: (.+)/.exec(message)?.[1]?.split(', ') ?? []
  const command = args.find((each) => unknown.includes(each))
  // An unknown command makes its options unknown too; they are not what is wrong.
  if (command !== undefined) {
    const known = await knownCommands(parser)
    const taker = args.slice(0, args.indexOf(command)).find((each) => known.includes(each))
    if (taker === undefined) return `there is no command ${command}${orNearest(command, known)}`
    return `zafra ${taker} does not take "${command}"${orNearest(command, await knownWords(parser, taker))}`
  }
  const [named, word] = args.filter((each) => !each.startsWith('-'))
  const words = named === undefined ? [] : await knownWords(parser, named)
  const path = [named, word].filter((each) => each !== undefined).slice(0, words.includes(word ?? '') ? 2 : 1)
  const [option] = unknown
  if (option === undefined) return path.length === 2 ? message : `${message}${orNearest(word ?? '', words)}`
  const dashed = option.length === 1 ? `-${option}` : `--${option}`
  return `there is no option ${dashed}${orNearest(dashed, await knownOptions(parser, path))}`
}

function orNearest(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  return near === undefined ? '' : `; did you mean ${near}?`
}
