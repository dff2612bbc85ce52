import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { ZafraError } from '../domain/error.ts'

/** The file that makes a folder a workspace. */
export const CONFIG_FILE = 'zafra.yaml'

/** The nearest folder from `cwd` upward that holds a zafra.yaml, symlinks resolved. */
export function findWorkspace(cwd: string): string | undefined {
  const folder = resolve(cwd)
  if (existsSync(join(folder, CONFIG_FILE))) return realpathSync(folder)
  const parent = dirname(folder)
  return parent === folder ? undefined : findWorkspace(parent)
}

/**
 * The workspace that `workspace` names (relative to `cwd`), else the nearest one upward.
 * @throws ZafraError `config` where there is none
 */
export function openWorkspace(cwd: string, workspace: string | undefined): string {
  if (workspace === undefined) {
    const found = findWorkspace(cwd)
    if (found !== undefined) return found
    throw new ZafraError(
      'config',
      `no ${CONFIG_FILE} in ${cwd} or any folder above it; "zafra init" makes a workspace, "-w DIR" names one`,
    )
  }
  const folder = resolve(cwd, workspace)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ZafraError(
      'config',
      `the workspace ${folder} is not a folder; "zafra init ${workspace}" makes it`,
    )
  }
  if (!existsSync(join(folder, CONFIG_FILE))) {
    throw new ZafraError('config', `${folder} holds no ${CONFIG_FILE}; "zafra init ${workspace}" writes one`)
  }
  return realpathSync(folder)
}
