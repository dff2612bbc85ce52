import type { Argv } from 'yargs'
import { nearest } from '../domain/nearest.ts'

/**
 * ` (did you mean --status?)` for a command or an option that does not exist but nearly does; else nothing.
 * @param message what yargs says of the command line
 */
export async function didYouMean(
  message: string,
  args: readonly string[],
  parser: (args: readonly string[]) => Argv,
): Promise<string> {
  const unknown = /^Unknown arguments?: ([^\s,]+)/.exec(message)?.[1]
  if (unknown === undefined) return ''
  const option = args.find((each) => each === `--${unknown}` || each.startsWith(`--${unknown}=`))
  const command = args.find((each) => !each.startsWith('-'))
  // The help is where yargs tells what it knows of a command.
  const help = await parser(option && command !== undefined ? [command] : []).getHelp()
  const known = option ? /(?<=--)[a-z-]+/g : /(?<=^ {2}zafra )[a-z]+/gm
  const near = nearest(unknown, help.match(known) ?? [])
  return near === undefined ? '' : ` (did you mean ${option ? '--' : ''}${near}?)`
}
