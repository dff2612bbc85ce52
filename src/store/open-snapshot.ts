import { setTimeout } from 'node:timers/promises'
import { type Clock, sqlTime } from '../domain/clock.ts'
import type { Reads } from '../domain/store.ts'
import { openKysely } from './driver.ts'
import { diskFiles, type Files } from './files.ts'
import { LATEST_VERSION, migrate } from './migrations.ts'
import { namesBeside, type Names } from './names.ts'
import { createReads } from './reads.ts'
import { recover, type Recovered } from './recover.ts'
import { noDatabase } from './status.ts'

/** An engine that writes snapshots as fast as it can is outrun at one of these. */
const TRIES = 5
const TRY_AGAIN_MS = 50

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
  const found = await recoverBetweenSnapshots(files, namesBeside(path), now)
  if (!found) throw noDatabase(path)
  if (found.version < LATEST_VERSION) migrate(found.memory, found.version, LATEST_VERSION, sqlTime(now))
  const db = openKysely(found.memory)
  return { ...createReads(db), close: () => db.destroy() }
}

/** A snapshot may be replaced, and a journal dropped, between reading the one and the other. */
async function recoverBetweenSnapshots(
  files: Files,
  names: Names,
  now: Date,
  tries = TRIES,
): Promise<Recovered | undefined> {
  try {
    return await recover(files, names, now)
  } catch (error) {
    if (tries <= 1) throw error
    await setTimeout(TRY_AGAIN_MS)
    return recoverBetweenSnapshots(files, names, now, tries - 1)
  }
}
