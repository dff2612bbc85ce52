import type { Clock } from '../../domain/clock.ts'
import { isMissing, unlinkIfThere, writeFile, type Files } from './files.ts'
import { nameOf, nameStamp, type Names } from './names.ts'
import { sealed, unseal } from './seal.ts'

/** What SQLite keeps beside a file that another program has open; it belongs to that file and to no other. */
const BESIDE = ['-wal', '-shm', '-journal']

/** Path → what it was when we last wrote or read it. */
export type Identities = ReadonlyMap<string, string | undefined>

/** What stands there now. */
export async function identities(files: Files, names: Names): Promise<Identities> {
  const known = new Map<string, string | undefined>()
  for (const path of [names.snapshot, names.previous]) known.set(path, await identity(files, path))
  return known
}

async function identity(files: Files, path: string): Promise<string | undefined> {
  try {
    return (await files.stat(path)).identity
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** The database file and the one before it, as their only writer left them. */
export class SnapshotFile {
  readonly #files: Files
  readonly #names: Names
  readonly #clock: Clock
  readonly #known: Map<string, string | undefined>
  /** Identities of changed files that already stand under a dated name too. */
  readonly #kept = new Set<string>()
  readonly #onChanged: (message: string) => void

  /** @param onChanged hears that another program changed a file, and where that file is kept */
  constructor(
    files: Files,
    names: Names,
    clock: Clock,
    known: Identities,
    onChanged: (message: string) => void,
  ) {
    this.#files = files
    this.#names = names
    this.#clock = clock
    this.#known = new Map(known)
    this.#onChanged = onChanged
  }

  /**
   * Puts `bytes` in the place of the database file, whole or not at all. Whoever has the old file open goes on
   * reading the old one. Returns whether the file that stood there is now the previous one: not where another
   * program changed it; then it is kept under a dated name.
   */
  async replace(bytes: Uint8Array): Promise<boolean> {
    const { snapshot, previous, unfinished, folder } = this.#names
    await unlinkIfThere(this.#files, unfinished)
    await writeFile(this.#files, unfinished, sealed(bytes))
    const written = await this.#identity(unfinished)
    // Who opened the file before the last snapshot still writes to what is the previous one by now.
    if (await this.#keepChanged(previous)) await this.#files.unlink(previous)
    const keeps = !(await this.#keepChanged(snapshot)) && (await this.#keepPrevious())
    await this.#files.rename(unfinished, snapshot)
    this.#known.set(snapshot, written)
    if ((await this.#identity(previous)) === undefined) await this.#writePrevious(bytes)
    await this.#files.syncFolder(folder)
    return keeps
  }

  /** Whether another program changed the database file since we wrote or read it. */
  async isChanged(): Promise<boolean> {
    return this.#isChanged(this.#names.snapshot)
  }

  async #isChanged(path: string): Promise<boolean> {
    const found = await this.#identity(path)
    if (found === undefined || found === this.#known.get(path)) return false
    // A copy put back, or a time set anew, is no change.
    return unseal(await this.#files.read(path)).seal !== 'whole'
  }

  async #keepChanged(path: string): Promise<boolean> {
    const found = await this.#identity(path)
    // The last try may have failed after this.
    if (found !== undefined && this.#kept.has(found)) return true
    if (found === undefined || !(await this.#isChanged(path))) return false
    const aside = `${path}.changed-${nameStamp(this.#clock.now())}`
    await this.#files.link(path, aside)
    const present = new Set(await this.#files.list(this.#names.folder))
    for (const suffix of BESIDE) {
      if (present.has(nameOf(path + suffix))) await this.#files.rename(path + suffix, aside + suffix)
    }
    this.#kept.add(found)
    this.#onChanged(
      `another program changed ${nameOf(path)} while this engine works on the database: its changes are not ` +
        `in the batch; the file as it left it is ${aside}. Change the database only while no engine runs`,
    )
    return true
  }

  /** By way of another name, so that there is a previous snapshot at every moment. */
  async #keepPrevious(): Promise<boolean> {
    const { snapshot, previous, nextPrevious } = this.#names
    await unlinkIfThere(this.#files, nextPrevious)
    try {
      await this.#files.link(snapshot, nextPrevious)
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
    await this.#files.rename(nextPrevious, previous)
    this.#known.set(previous, this.#known.get(snapshot))
    return true
  }

  /** A new database has two files from its first moment on, so that damage to one of them costs nothing. */
  async #writePrevious(bytes: Uint8Array): Promise<void> {
    const { previous, nextPrevious } = this.#names
    await unlinkIfThere(this.#files, nextPrevious)
    await writeFile(this.#files, nextPrevious, sealed(bytes))
    await this.#files.rename(nextPrevious, previous)
    this.#known.set(previous, await this.#identity(previous))
  }

  #identity(path: string): Promise<string | undefined> {
    return identity(this.#files, path)
  }
}
