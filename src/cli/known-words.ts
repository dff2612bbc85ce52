import type { Argv } from 'yargs'

/** Makes a parser of a command line. */
export type MakeParser = (args: readonly string[]) => Argv

// yargs tells what it knows of a command in its help, and nowhere else.

/** The names of all commands. */
export async function knownCommands(parser: MakeParser): Promise<string[]> {
  return (await parser([]).getHelp()).match(/(?<=^ {2}zafra )[a-z]+/gm) ?? []
}

/** The options of a command (of the program, without one), with their dashes. */
export async function knownOptions(parser: MakeParser, command: string | undefined): Promise<string[]> {
  const help = await parser(command === undefined ? [] : [command]).getHelp()
  return help.match(/(?<=^ {2}(?:-\w, | {4}))--[a-z-]+/gm) ?? []
}
