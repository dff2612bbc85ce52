import { readdir, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import type { ScraperCommand } from '../../../runner/command.ts'
import type { Equipment } from '../sandbox.ts'

/** What interpreters keep beside the programs they run. */
const CACHES = new Set(['__pycache__', 'node_modules', '.mypy_cache', '.ruff_cache'])

/** Files of the sandbox `folder` that neither the check nor the run's own places account for. */
export async function straysIn(
  folder: string,
  ours: readonly string[],
  { files, cwd }: Equipment,
): Promise<string[]> {
  const allowed = new Set([...ours, files.partial, files.state])
  const all = await readdir(folder, { recursive: true, withFileTypes: true })
  return all
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !allowed.has(path) && !path.startsWith(cwd + sep))
    .map((path) => relative(folder, path))
}

/** When what stands in the folders of the program's own files was last changed. Folders in them are not looked into. */
export async function ownFolders({ file, args }: ScraperCommand): Promise<Map<string, number>> {
  const programs = [file, ...args].filter((path) => isAbsolute(path) && /\.\w+$/.test(path))
  const found = new Map<string, number>()
  for (const folder of new Set(programs.map(dirname))) {
    for (const name of await readdir(folder).catch(() => [])) {
      const facts = CACHES.has(name) ? undefined : await stat(join(folder, name)).catch(() => undefined)
      if (facts) found.set(join(folder, name), facts.mtimeMs)
    }
  }
  return found
}

export function changed(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string[] {
  return [...after].filter(([path, time]) => before.get(path) !== time).map(([path]) => path)
}
