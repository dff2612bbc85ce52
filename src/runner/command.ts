import { accessSync, constants, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CODE } from '../domain/codes.ts'
import type { Config } from '../domain/config.ts'

/** A program and its arguments, ready to be started without a shell. */
export interface ScraperCommand {
  file: string
  args: string[]
}

// Node runs TypeScript by stripping its types; scripts run with the Node that runs us, never with the
// machine's own, which may be too old.
const INTERPRETERS = [
  ['.ts', process.execPath],
  ['.js', process.execPath],
  ['.mjs', process.execPath],
  ['.py', 'python3'],
  ['.sh', '/bin/sh'],
] as const

/** What a Node that is older than 22.18 has to be told first. */
const STRIPPING = process.features.typescript
  ? []
  : ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']

/**
 * How the scraper `name` is started: its configured command, else `scrapers/<name>.{ts,js,mjs,py,sh}` or an
 * executable `scrapers/<name>` of the workspace, else the built-in one. Undefined where there is none.
 * In a configured command, a program with a slash in it and arguments that begin with `./` or `../` are
 * relative to the workspace, since an attempt's working folder is its own.
 */
export function scraperCommand(
  config: Pick<Config, 'workspace' | 'scrapers'>,
  builtinDir: string,
  name: string,
): ScraperCommand | undefined {
  const configured = config.scrapers[name]?.command
  if (configured) return configuredCommand(config.workspace, configured)
  // The name becomes a file name.
  if (!CODE.test(name)) return undefined
  return workspaceCommand(config.workspace, name) ?? builtinCommand(builtinDir, name)
}

function configuredCommand(workspace: string, command: readonly string[]): ScraperCommand | undefined {
  const [program, ...args] = command
  if (!program) return undefined
  return {
    file: program.includes('/') ? resolve(workspace, program) : program,
    args: args.map((arg) => (/^\.\.?\//.test(arg) ? resolve(workspace, arg) : arg)),
  }
}

function workspaceCommand(workspace: string, name: string): ScraperCommand | undefined {
  const stem = join(workspace, 'scrapers', name)
  for (const extension of [...INTERPRETERS.map(([each]) => each), '']) {
    const command = fileCommand(stem + extension)
    if (command) return command
  }
  return undefined
}

/** How the program in a file is started: by its extension, else as an executable. Undefined where it cannot be. */
export function fileCommand(path: string): ScraperCommand | undefined {
  if (!isFile(path)) return undefined
  const interpreter = INTERPRETERS.find(([extension]) => path.endsWith(extension))?.[1]
  const options = path.endsWith('.ts') ? STRIPPING : []
  if (interpreter) return { file: interpreter, args: [...options, path] }
  return isExecutable(path) ? { file: path, args: [] } : undefined
}

function builtinCommand(builtinDir: string, name: string): ScraperCommand | undefined {
  const script = join(builtinDir, `${name}.js`)
  return isFile(script) ? { file: process.execPath, args: [script] } : undefined
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
