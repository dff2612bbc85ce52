import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { sqlTime } from '../../domain/clock.ts'
import { reason, ZafraError } from '../../domain/error.ts'
import { diskFiles, isMissing, unlinkIfThere, writeFile, type Files } from '../disk/files.ts'
import { namesBeside, nameOf, nameStamp } from '../disk/names.ts'
import { recoverBeside } from '../disk/recover-beside.ts'
import { openWhole, wholeFile } from '../disk/whole.ts'

export interface BackupOptions {
  /** The database. */
  path: string
  backup_dir: string
  /** Seconds that a backup is kept. */
  backup_retention: number
}

/** A backup in the folder. */
export interface Backup {
  path: string
  bytes: number
  /** UTC as `sqlTime`. */
  made_at: string
}

/** `orchestrator_backup_20251124_054400.db.gz` (source: the schema document, Estrategia de Backup). */
const NAME = /^orchestrator_backup_\d{8}_\d{6}\.db\.gz$/
/** What a process that was killed while it wrote one left. */
const UNFINISHED = /^orchestrator_backup_.*\.new$/

/**
 * Copies the database at `path`, as it was last acknowledged, to the backup folder; also while an engine writes
 * it. The copy has its name only when it has been read back and found whole; then those that are older than the
 * retention go.
 * @throws ZafraError `not_found` where there is no database, `database` where it cannot be used, `storage`
 */
export async function makeBackup(
  options: BackupOptions,
  now: Date,
  files = diskFiles,
): Promise<Backup & { removed: string[] }> {
  const { path, backup_dir } = options
  await refuseHalf(files, path)
  const recovered = await recoverBeside(files, path, now)
  try {
    const packed = await promisify(gzip)(wholeFile(recovered))
    const target = join(backup_dir, `orchestrator_backup_${nameStamp(now).slice(0, 15)}.db.gz`)
    await writeVerified(files, backup_dir, target, packed)
    const removed = await removeOld(files, options, now)
    return { path: target, bytes: packed.length, made_at: sqlTime(now), removed }
  } catch (error) {
    if (error instanceof ZafraError) throw error
    throw new ZafraError(
      'storage',
      `the database could not be backed up to ${backup_dir}: ${reason(error)}; the backups before it are untouched. ` +
        'Make room there, or name another folder under database.backup_dir in zafra.yaml',
      { cause: error },
    )
  } finally {
    recovered.memory.close()
  }
}

/** The newest backup in the folder, if there is one. */
export async function lastBackup(backup_dir: string, files = diskFiles): Promise<Backup | undefined> {
  const name = (await files.list(backup_dir))
    .filter((each) => NAME.test(each))
    .sort()
    .at(-1)
  if (name === undefined) return undefined
  const path = join(backup_dir, name)
  const { bytes, modified } = await files.stat(path)
  return { path, bytes, made_at: sqlTime(modified) }
}

/** The database in a backup, whole. @throws ZafraError `database` */
export async function unpack(packed: Uint8Array, name: string): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(packed)
  } catch (error) {
    throw new ZafraError('database', `${name} cannot be unpacked: ${reason(error)}`, { cause: error })
  }
}

/** A file beside which another program keeps part of the database is not the whole of it. */
async function refuseHalf(files: Files, path: string): Promise<void> {
  const present = await files.list(namesBeside(path).folder)
  const beside = [`${path}-wal`, `${path}-journal`].find((each) => present.includes(nameOf(each)))
  if (beside === undefined) return
  throw new ZafraError(
    'database',
    `${beside} holds changes of another program that are not in ${nameOf(path)} yet; close that program, ` +
      'then take them over with zafra db migrate, and back up after that',
  )
}

async function writeVerified(
  files: Files,
  folder: string,
  target: string,
  packed: Uint8Array,
): Promise<void> {
  const unfinished = `${target}.${randomUUID()}.new`
  await files.makeFolder(folder)
  await writeFile(files, unfinished, [packed])
  try {
    openWhole(await unpack(await files.read(unfinished), nameOf(target)), nameOf(target)).close()
    await files.rename(unfinished, target)
  } catch (error) {
    await unlinkIfThere(files, unfinished)
    throw error
  }
  await files.syncFolder(folder)
}

/** By the time of the file, as the document's `cleanup_old_backups` does it. */
async function removeOld(
  files: Files,
  { backup_dir, backup_retention }: BackupOptions,
  now: Date,
): Promise<string[]> {
  const removed: string[] = []
  for (const name of (await files.list(backup_dir)).sort()) {
    if (!NAME.test(name) && !UNFINISHED.test(name)) continue
    const path = join(backup_dir, name)
    const made = await modifiedAt(files, path)
    if (made === undefined || made >= now.getTime() - backup_retention * 1_000) continue
    await unlinkIfThere(files, path)
    if (NAME.test(name)) removed.push(path)
  }
  return removed
}

/** Milliseconds; undefined where another backup has removed or renamed it meanwhile. */
async function modifiedAt(files: Files, path: string): Promise<number | undefined> {
  try {
    return (await files.stat(path)).modified.getTime()
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
