import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../domain/config.ts'
import { reason, ZafraError } from '../domain/error.ts'
import type { Problem } from '../domain/plan.ts'
import { inWorkspace } from './place.ts'

/** A list's path, and the same relative to the workspace. */
export interface ListFile {
  path: string
  file: string
}

/**
 * The lists of a workspace by name, without what an editor leaves beside them (`.x.csv`, `~$x.csv`).
 * @throws ZafraError `lists` where the folder cannot be read
 */
export async function findLists(config: Config): Promise<{ lists: ListFile[]; problems: Problem[] }> {
  const folder = config.paths.urls
  const lists: ListFile[] = []
  const problems: Problem[] = []
  try {
    const names = (await readdir(folder)).filter((name) => /^(?!\.|~\$).*\.csv$/i.test(name)).toSorted()
    for (const name of names) {
      const path = join(folder, name)
      const file = inWorkspace(config, path)
      const found = await stat(path).catch(() => undefined)
      if (found?.isFile()) lists.push({ path, file })
      else if (!found) problems.push({ ...GONE, file })
      else
        problems.push(
          warning(file, 'is no file, so it is not read as a list', 'rename it, or move it elsewhere'),
        )
    }
  } catch (error) {
    throw new ZafraError(
      'lists',
      `the lists in ${folder} cannot be read (${reason(error)}); put them there, or set paths.urls in zafra.yaml`,
      { cause: error },
    )
  }
  if (lists.length === 0) {
    problems.push(warning(inWorkspace(config, folder), 'holds no list', 'put a .csv file there'))
  }
  return { lists, problems }
}

/** A link, for `readdir` names it. */
const GONE: Omit<Problem, 'file'> = {
  line: 0,
  severity: 'error',
  message: 'is a link to a file that is not there, or may not be read',
  remedy: 'put the list there, or delete the link',
}

function warning(file: string, message: string, remedy: string): Problem {
  return { file, line: 0, severity: 'warning', message, remedy }
}
