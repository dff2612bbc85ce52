import { resolve } from 'node:path'
import type { Config } from '../domain/config.ts'
import { ZafraError } from '../domain/error.ts'
import type { Place } from './attach.ts'
import type { Globals, Io } from './command.ts'

/**
 * The configuration of the workspace that the command line means, and where each value comes from.
 * @param overrides values that win over all others, keyed as in zafra.yaml
 * @throws ZafraError `config`; `usage` where the command line names a socket instead
 */
export async function loadWorkspace(
  globals: Globals,
  io: Io,
  overrides: Readonly<Record<string, unknown>> = {},
) {
  refuseSocket(globals)
  const [{ loadConfig }, { cronProblem }] = await Promise.all([
    import('../config/load.ts'),
    import('../scheduler/cron.ts'),
  ])
  return loadConfig({
    cwd: io.cwd,
    env: io.env,
    cronProblem,
    overrides,
    ...(globals.workspace !== undefined && { workspace: globals.workspace }),
  })
}

/**
 * The workspace that the command line means, for what needs none of its configuration.
 * @throws ZafraError `config` where there is none; `usage` where the command line names a socket instead
 */
export async function workspaceFolder(globals: Globals, io: Io): Promise<string> {
  refuseSocket(globals)
  const { openWorkspace } = await import('../config/workspace.ts')
  return openWorkspace(io.cwd, globals.workspace)
}

function refuseSocket({ socket }: Globals): void {
  if (socket === undefined) return
  throw new ZafraError(
    'usage',
    '--socket is for what an engine can do; this works in the workspace: -w names it',
  )
}

/** Where the command line means to work. @throws ZafraError `config` */
export async function commandPlace(globals: Globals, io: Io): Promise<Place> {
  if (globals.socket !== undefined) return { socket: resolve(io.cwd, globals.socket) }
  const { openWorkspace } = await import('../config/workspace.ts')
  const workspace = openWorkspace(io.cwd, globals.workspace)
  let config: Promise<Config> | undefined
  return { workspace, config: () => (config ??= workspaceConfig(globals, io)) }
}

export async function workspaceConfig(globals: Globals, io: Io): Promise<Config> {
  return (await loadWorkspace(globals, io)).config
}
