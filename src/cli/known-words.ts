import type { Argv } from 'yargs'

/** Makes a parser of a command line. */
export type MakeParser = (args: readonly string[]) => Argv

// yargs tells what it knows of a command in its help, and nowhere else.

/** The names of all commands. */
export async function knownCommands(parser: MakeParser): Promise<string[]> {
  return commandsOf(await parser([]).getHelp(), 'zafra')
}

/** What may stand right after a command: the words of a group (`db backup`), or its choices (`stats errors`). */
export async function knownWords(parser: MakeParser, command: string): Promise<string[]> {
  if (!/^[a-z]+$/.test(command)) return []
  const help = await parser([command]).getHelp()
  const [choices = ''] = /(?<=\[choices: )[^\]]+/.exec(section(help, 'Positionals')) ?? []
  return [...commandsOf(help, `zafra ${command}`), ...(choices.match(/[a-z]+/g) ?? [])]
}

/** The options of a command by its words (of the program, without any), with their dashes. */
export async function knownOptions(parser: MakeParser, command: readonly string[]): Promise<string[]> {
  const help = await parser(command).getHelp()
  return help.match(/(?<=^ {2}(?:-\w, | {4}))--[a-z-]+/gm) ?? []
}

function commandsOf(help: string, before: string): string[] {
  return section(help, 'Commands').match(new RegExp(`(?<=^ {2}${before} )[a-z]+`, 'gm')) ?? []
}

/** The lines under a heading, up to an empty one. */
function section(help: string, heading: string): string {
  return help.split('\n\n').find((each) => each.startsWith(`${heading}:\n`)) ?? ''
}
