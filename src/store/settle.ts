import { join } from 'node:path'
import { reason, ZafraError } from '../domain/error.ts'
import type { Files } from './disk/files.ts'
import { nameOf, nameStamp, type Names } from './disk/names.ts'
import { loadSqlite } from './sqlite.ts'
import { copyAside } from './upgrade.ts'

/**
 * Brings into the file itself what another program (the document's scripts, `sqlite3`) left in SQLite's own
 * journal beside it, for a database in memory sees only the file. Copies all of it to the backup folder first.
 * @throws ZafraError `database` where the other program still writes
 */
export async function settle(files: Files, names: Names, backup_dir: string, now: Date): Promise<void> {
  const present = new Set(await files.list(names.folder))
  const beside = [`${names.snapshot}-wal`, `${names.snapshot}-journal`].filter((path) =>
    present.has(nameOf(path)),
  )
  if (beside.length === 0 || !present.has(nameOf(names.snapshot))) return
  await copyAside(files, [names.snapshot, ...beside], join(backup_dir, `before_takeover_${nameStamp(now)}`))
  const { DatabaseSync } = loadSqlite()
  const database = new DatabaseSync(names.snapshot)
  try {
    // Leaving the write-ahead mode moves all of it into the file; a read rolls back a half-done transaction.
    database.exec('PRAGMA journal_mode = DELETE; SELECT count(*) FROM sqlite_schema')
  } catch (error) {
    throw new ZafraError(
      'database',
      `${names.snapshot} holds changes of another program that cannot be taken over: ${reason(error)}; close that program`,
      { cause: error },
    )
  } finally {
    database.close()
  }
}
