import { mkdtemp, realpath, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { rm } from 'node:fs/promises'
import { loadConfig, type Loaded, type LoadOptions } from '../../src/config/load.ts'
import { cronProblem } from '../../src/scheduler/cron.ts'

/** A new folder with this zafra.yaml, gone when the test ends. */
export async function folderWith(yaml: string): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'zafra-config-')))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'zafra.yaml'), yaml)
  return folder
}

export async function load(
  yaml: string,
  options: Partial<Pick<LoadOptions, 'env' | 'overrides'>> = {},
): Promise<Loaded> {
  return loadConfig({ cwd: await folderWith(yaml), env: {}, cronProblem, ...options })
}
