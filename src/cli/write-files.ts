import { access, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ZafraError, reason } from '../domain/error.ts'

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/**
 * Writes files under `folder`, making folders as needed; a file that is there already is kept.
 * @throws ZafraError `storage` naming the file that could not be written
 */
export async function writeFiles(
  folder: string,
  files: readonly { path: string; contents: string; executable?: boolean }[],
): Promise<{ written: string[]; kept: string[] }> {
  const written: string[] = []
  const kept: string[] = []
  for (const { path, contents, executable } of files) {
    const target = join(folder, path)
    try {
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, contents, { flag: 'wx', mode: executable ? 0o777 : 0o666 })
      written.push(path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !(await exists(target))) {
        throw new ZafraError('storage', `${target} cannot be written: ${reason(error)}`, { cause: error })
      }
      kept.push(path)
    }
  }
  return { written, kept }
}
