import type { Kysely } from 'kysely'
import { sqlTime } from '../domain/clock.ts'
import type { Config } from '../domain/config.ts'
import type { SystemView } from '../domain/system.ts'
import { isMissing, type Files } from './disk/files.ts'
import { LATEST_VERSION } from './migrations.ts'
import type { Tables } from './tables.ts'
import { lastBackup } from './upkeep/backup.ts'

/** What the System screen shows of the database: kept counts and a look at the folder, so it may be asked often. */
export async function databaseFigures(
  files: Files,
  { path, backup_dir }: Pick<Config['database'], 'path' | 'backup_dir'>,
  db: Kysely<Tables>,
  known: Pick<SystemView['database'], 'journal_bytes' | 'last_snapshot_ms'>,
): Promise<SystemView['database']> {
  const file = await factsOf(files, path)
  const { tasks } = await db
    .selectFrom('task_counts')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('tasks'), eb.lit(0)).as('tasks'))
    .executeTakeFirstOrThrow()
  const { batches } = await db
    .selectFrom('execution_batches')
    .select((eb) => eb.fn.countAll<number>().as('batches'))
    .executeTakeFirstOrThrow()
  return {
    path,
    file_bytes: file?.bytes ?? 0,
    schema_version: LATEST_VERSION,
    last_snapshot: file ? sqlTime(file.modified) : null,
    last_backup: (await lastBackup(backup_dir, files))?.made_at ?? null,
    tasks,
    batches,
    ...known,
  }
}

/** A foreign hand may have removed the file; the next snapshot brings it back. */
async function factsOf(files: Files, path: string) {
  try {
    return await files.stat(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
