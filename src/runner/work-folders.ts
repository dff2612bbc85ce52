import { lstatSync, mkdirSync, mkdtempSync, opendirSync } from 'node:fs'
import { chmod, lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** What only its owner may look into. */
const PRIVATE = 0o700

/**
 * The working folders of running attempts, one each: the place for their temporary files too. An attempt mostly leaves
 * its folder empty, and the next one gets it: where a folder was removed a moment ago, a file system (ext4) finds
 * room for each new file only by passing over what was deleted.
 */
export class WorkFolders {
  readonly #root: string
  #free: string[] = []

  constructor(workspace: string) {
    this.#root = join(workspace, '.zafra', 'work')
  }

  /** An empty folder that nobody else works in. Synchronous, as starting a process is. */
  take(): string {
    const free = this.#free.pop()
    if (free !== undefined && isEmpty(free)) return free
    mkdirSync(this.#root, { recursive: true, mode: PRIVATE })
    return mkdtempSync(join(this.#root, 'attempt-'))
  }

  /** No process of its attempt is left. */
  async giveBack(path: string): Promise<void> {
    if (isEmpty(path)) this.#free.push(path)
    else await remove(path)
  }

  /** Removes all of them, also those that a dead engine left. To be called while nobody works in them. */
  async clear(): Promise<void> {
    this.#free = []
    // What cannot be removed (a mount) is in nobody's way, and no reason not to begin: the next folder has another name.
    await remove(this.#root).catch(() => {})
  }
}

/** Whether it is as it was made: whoever had it may have put anything in its place. */
function isEmpty(path: string): boolean {
  const facts = lstatSync(path, { throwIfNoEntry: false })
  if (!facts?.isDirectory() || (facts.mode & 0o7777) !== PRIVATE) return false
  // One entry says it all, and there may be a hundred thousand.
  const folder = opendirSync(path)
  try {
    return folder.readSync() === null
  } finally {
    folder.closeSync()
  }
}

async function remove(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true })
  } catch {
    await unlock(path)
    await rm(path, { recursive: true, force: true })
  }
}

/** Takes from the folders in `path` what forbids to empty them: some programs write-protect what they keep. */
async function unlock(path: string): Promise<void> {
  if (!(await lstat(path)).isDirectory()) return
  await chmod(path, PRIVATE)
  for (const name of await readdir(path)) await unlock(join(path, name))
}
