import type { Config } from '../domain/config.ts'
import type { Globals, Io } from './command.ts'

/**
 * The configuration of the workspace that the command line means, and where each value comes from.
 * @param overrides values that win over all others, keyed as in zafra.yaml
 * @throws ZafraError `config`
 */
export async function loadWorkspace(
  globals: Globals,
  io: Io,
  overrides: Readonly<Record<string, unknown>> = {},
) {
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

export async function workspaceConfig(globals: Globals, io: Io): Promise<Config> {
  return (await loadWorkspace(globals, io)).config
}
