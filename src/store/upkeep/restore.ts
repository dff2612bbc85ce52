import { join } from 'node:path'
import type { Clock } from '../../domain/clock.ts'
import { reason, ZafraError } from '../../domain/error.ts'
import { unpack } from './backup.ts'
import { diskFiles, isMissing, unlinkIfThere, type Files } from '../disk/files.ts'
import type { Memory } from '../memory.ts'
import { namesBeside, nameOf, nameStamp, type Names } from '../disk/names.ts'
import { putWhole } from '../disk/put-whole.ts'
import { Damage, readSnapshot } from '../disk/read-snapshot.ts'
import { recover, type Recovered } from '../disk/recover.ts'
import { copyAside } from '../upgrade.ts'
import { openWhole, renameDatabase } from '../disk/whole.ts'

/** What another program keeps beside a SQLite file. */
const FOREIGN = ['-wal', '-shm', '-journal']

/**
 * Puts the database in `source` (a backup, or a database file with the journals beside it) in the place of the one
 * at `path`; the caller holds the workspace's lock. First the source is looked at from end to end, then all that
 * is replaced is copied to a folder of its own under `backup_dir`. Returns that folder, or null where there was
 * nothing. A crash on the way leaves either database, or one that is refused until this is done again.
 * @throws ZafraError `not_found`, `database` where the source cannot be used, `storage`; nothing has changed then
 */
export async function restore(
  { path, backup_dir, clock }: { path: string; backup_dir: string; clock: Clock },
  source: string,
  files = diskFiles,
): Promise<string | null> {
  const names = namesBeside(path)
  const memory = await openSource(files, source, clock.now())
  try {
    renameDatabase(memory)
    const bytes = memory.export()
    await files.makeFolder(names.folder)
    const old = await filesOf(files, names)
    const folder = join(backup_dir, `before_restore_${nameStamp(clock.now())}`)
    if (old.length > 0) await copyAside(files, old, folder)
    await replaceAll(files, names, clock, bytes)
    return old.length > 0 ? folder : null
  } catch (error) {
    if (error instanceof ZafraError) throw error
    throw new ZafraError('storage', `${source} could not be put in place: ${reason(error)}; try again`, {
      cause: error,
    })
  } finally {
    memory.close()
  }
}

async function openSource(files: Files, source: string, now: Date): Promise<Memory> {
  const bytes = await files.read(source).catch((error: unknown) => {
    if (isMissing(error)) throw new ZafraError('not_found', `there is no file ${source}`)
    throw new ZafraError('storage', `${source} cannot be read: ${reason(error)}`, { cause: error })
  })
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
  if (isPacked) return openWhole(await unpack(bytes, source), source)
  const found = await openFile(files, source, now)
  try {
    return openWhole(found.memory.export(), source)
  } finally {
    found.memory.close()
  }
}

/** With what the journals beside it add, where it was copied together with them. */
async function openFile(files: Files, source: string, now: Date): Promise<Pick<Recovered, 'memory'>> {
  try {
    const file = await readSnapshot(files, source)
    const found = await recover(files, namesBeside(source), now)
    if (!found) return file
    file.memory.close()
    if (found.refused) throw new Damage(found.refused.why)
    return found
  } catch (error) {
    if (!(error instanceof Damage)) throw error
    throw new ZafraError('database', `${source} cannot be restored: ${error.message}`, { cause: error })
  }
}

/** Everything that is part of the database at its place. */
async function filesOf(files: Files, names: Names): Promise<string[]> {
  const parts = [names.snapshot, names.previous, ...FOREIGN.map((suffix) => names.snapshot + suffix)].map(
    nameOf,
  )
  const present = await files.list(names.folder)
  return present
    .filter((name) => parts.includes(name) || names.generation(name) !== undefined)
    .map((name) => join(names.folder, name))
}

async function replaceAll(files: Files, names: Names, clock: Clock, bytes: Uint8Array): Promise<void> {
  // These would be taken for the new file's.
  for (const suffix of FOREIGN) await unlinkIfThere(files, names.snapshot + suffix)
  // Twice: the previous snapshot is to be one of the same database.
  await putWhole(files, names, clock, bytes)
  await putWhole(files, names, clock, bytes)
  for (const name of await files.list(names.folder)) {
    if (names.generation(name) !== undefined) await files.unlink(join(names.folder, name))
  }
  await files.syncFolder(names.folder)
}
