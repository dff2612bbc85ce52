import { type Clock, sqlTime } from '../domain/clock.ts'
import type { Reads } from '../domain/store.ts'
import { openKysely } from './driver.ts'
import { diskFiles } from './disk/files.ts'
import { databaseFigures } from './figures.ts'
import { LATEST_VERSION, migrate } from './migrations.ts'
import { createReads } from './queries/reads.ts'
import { recoverBeside } from './disk/recover-beside.ts'

/**
 * The database at `path` at this moment, for reading while another process owns it: its file with what the
 * journals add, in memory. Writes nothing; an older schema is upgraded in memory alone.
 * @throws ZafraError `not_found` where there is none, `database` where it cannot be used
 */
export async function openSnapshot(
  path: string,
  clock: Clock,
  files = diskFiles,
): Promise<Reads & { close(): Promise<void> }> {
  const now = clock.now()
  const { memory, version, journalBytes } = await recoverBeside(files, path, now)
  if (version < LATEST_VERSION) migrate(memory, version, LATEST_VERSION, sqlTime(now))
  const db = openKysely(memory)
  return {
    ...createReads(db),
    database: (backup_dir) =>
      databaseFigures(files, { path, backup_dir }, db, {
        journal_bytes: journalBytes,
        last_snapshot_ms: null,
      }),
    close: () => db.destroy(),
  }
}
