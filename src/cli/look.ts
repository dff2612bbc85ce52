import type { Argv } from 'yargs'
import { isThemeName, THEMES, type ThemeName } from '../tui/palettes.ts'

/** How the TUI is to look; what is absent the terminal says itself. */
export interface Look {
  theme?: ThemeName
  ascii?: boolean
  screen_reader?: boolean
}

interface LookOptions {
  theme?: string | undefined
  ascii?: boolean | undefined
  screenReader?: boolean | undefined
}

/** Adds `--theme`, `--ascii` and `--screen-reader`, for commands that show the TUI. */
export function looks<T>(yargs: Argv<T>) {
  return yargs
    .option('theme', {
      choices: THEMES,
      requiresArg: true,
      describe: 'colours of the TUI; safe: for eyes that do not tell red from green',
    })
    .option('ascii', { type: 'boolean', describe: 'a TUI of ASCII characters only' })
    .option('screen-reader', {
      type: 'boolean',
      describe: 'a TUI that tells in sentences, for a screen reader (as INK_SCREEN_READER=true)',
    })
}

export function lookOf({ theme, ascii, screenReader }: LookOptions): Look {
  return {
    ...(theme !== undefined && isThemeName(theme) && { theme }),
    ...(ascii !== undefined && { ascii }),
    ...(screenReader !== undefined && { screen_reader: screenReader }),
  }
}
