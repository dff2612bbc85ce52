import type { Clock } from '../../domain/clock.ts'
import { ZafraError } from '../../domain/error.ts'
import { openKysely } from '../driver.ts'
import { diskFiles, type Files } from '../disk/files.ts'
import { namesBeside } from '../disk/names.ts'
import { openStore, type StoreOptions } from '../open-store.ts'
import { putWhole } from '../disk/put-whole.ts'
import { recoverBeside } from '../disk/recover-beside.ts'
import { due, dueDeletions, type Forgotten } from './retention.ts'
import { databaseStatus, type DatabaseStatus } from '../status.ts'
import { integrityFaults, wholeFile } from '../disk/whole.ts'

export interface Maintained {
  /** What was deleted, by batch. */
  deleted: Forgotten[]
  before: DatabaseStatus
  after: DatabaseStatus
  /** What was found and mended while opening. */
  notices: readonly string[]
}

/**
 * What `maintain` would delete of the database at `path`. Writes nothing; also while an engine runs.
 * @throws ZafraError `not_found` where there is no database, `database`
 */
export async function dueForDeletion(path: string, now: Date, files = diskFiles): Promise<Forgotten[]> {
  const { memory } = await recoverBeside(files, path, now)
  const db = openKysely(memory)
  try {
    return await due(db, now)
  } finally {
    await db.destroy()
  }
}

/**
 * The schema document's maintenance: deletes by retention, then VACUUM, REINDEX, ANALYZE and the integrity check.
 * The caller holds the workspace's lock.
 * @throws ZafraError `not_found`, `database` where the check finds a fault (the file is left as it is), `storage`
 */
export async function maintain(options: StoreOptions): Promise<Maintained> {
  const { path, clock, files = diskFiles } = options
  const now = clock.now()
  const before = await databaseStatus(path, now, files)
  const deleted = await dueForDeletion(path, now, files)
  const store = await openStore(options)
  try {
    await store.commit(dueDeletions(now))
  } finally {
    await store.close()
  }
  await compact(files, path, clock)
  const after = await databaseStatus(path, now, files)
  return { deleted, before, after, notices: store.notices }
}

/**
 * Below so many tasks ANALYZE would only teach SQLite to walk over the table, and that would still hold when a
 * batch has made it a thousand times longer.
 */
const LEAST_TO_ANALYSE = 1_000

/** None of this changes what the database says, so the journals go on where they are; it needs no record in them. */
async function compact(files: Files, path: string, clock: Clock): Promise<void> {
  const recovered = await recoverBeside(files, path, clock.now())
  try {
    const { memory } = recovered
    memory.script('VACUUM; REINDEX')
    const [tasks] = memory.all<{ count: number }>('SELECT count(*) AS count FROM scraping_tasks')
    memory.script((tasks?.count ?? 0) < LEAST_TO_ANALYSE ? 'DROP TABLE IF EXISTS sqlite_stat1' : 'ANALYZE')
    const [fault] = integrityFaults(memory)
    if (fault !== undefined) {
      throw new ZafraError(
        'database',
        `${path} is damaged: ${fault}; it was left as it is. Put back a backup (zafra db restore)`,
      )
    }
    await putWhole(files, namesBeside(path), clock, wholeFile(recovered))
  } finally {
    recovered.memory.close()
  }
}
