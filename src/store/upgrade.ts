import { join } from 'node:path'
import { sqlTime } from '../domain/clock.ts'
import { reason, ZafraError } from '../domain/error.ts'
import { writeFile, type Files } from './disk/files.ts'
import type { Memory } from './memory.ts'
import { LATEST_VERSION, migrate } from './migrations.ts'
import { nameOf, nameStamp } from './disk/names.ts'

/**
 * Brings the database in memory to the newest schema, after its file was copied to the backup folder; the file
 * itself changes with the next snapshot. Returns what a person should know.
 * @throws ZafraError `storage` where the copy cannot be made, `database` where the upgrade fails; nothing has changed then
 */
export async function upgrade(
  files: Files,
  path: string,
  backup_dir: string,
  database: { memory: Memory; version: number },
  now: Date,
): Promise<string> {
  const { memory, version } = database
  const copy = await copyAside(files, [path], join(backup_dir, `before_upgrade_${nameStamp(now)}`))
  try {
    migrate(memory, version, LATEST_VERSION, sqlTime(now))
  } catch (error) {
    throw new ZafraError(
      'database',
      `${path} could not be upgraded from schema ${version} to ${LATEST_VERSION} and was left as it is: ${reason(error)}; ` +
        'report this with the copy in the backup folder',
      { cause: error },
    )
  }
  const [repairs] = memory.all<{ count: number }>('SELECT count(*) AS count FROM upgrade_repairs')
  const mended = repairs?.count
    ? `; ${repairs.count} values broke a rule of the schema and were mended (table upgrade_repairs)`
    : ''
  return `${nameOf(path)} was upgraded from schema ${version} to ${LATEST_VERSION}; as it was before: ${copy}${mended}`
}

/**
 * Copies the files at `paths` to a new folder, under a name that the retention of backups leaves alone.
 * Returns the path of the first copy.
 * @throws ZafraError `storage`
 */
export async function copyAside(files: Files, paths: readonly string[], folder: string): Promise<string> {
  try {
    await files.makeFolder(folder)
    for (const path of paths) {
      await writeFile(files, join(folder, nameOf(path)), [await files.read(path)])
    }
    await files.syncFolder(folder)
  } catch (error) {
    throw new ZafraError(
      'storage',
      `the database could not be copied to ${folder} before it is changed: ${reason(error)}; nothing was changed`,
      { cause: error },
    )
  }
  return join(folder, nameOf(paths[0] ?? ''))
}
