import type { Clock } from '../domain/clock.ts'
import { reason, ZafraError } from '../domain/error.ts'
import type { FileTrouble, Store } from '../domain/store.ts'
import { apply } from './queries/changes.ts'
import { openKysely } from './driver.ts'
import { groupCommits, type Work } from './group-commit.ts'
import type { Files } from './disk/files.ts'
import { insertBatch } from './queries/insert-batch.ts'
import type { Journals } from './disk/journals.ts'
import type { Memory } from './memory.ts'
import type { Names } from './disk/names.ts'
import { createReads } from './queries/reads.ts'
import { SnapshotFile, type Identities } from './disk/snapshot-file.ts'
import { Snapshots } from './disk/snapshots.ts'
import { databaseFigures } from './figures.ts'
import { type DatabaseStatus, readStatus } from './status.ts'

/** The database of one workspace in the process that owns it. */
export interface OpenStore extends Store {
  /** What happened to the database as it was opened: repairs, upgrades, what was left out. For the person. */
  readonly notices: readonly string[]
  status(): Promise<DatabaseStatus>
}

interface Parts {
  memory: Memory
  files: Files
  names: Names
  clock: Clock
  journals: Journals
  /** Seconds between two snapshots. */
  snapshot_interval: number
  /** The last transaction that the file holds; undefined: the file must be written before anything else. */
  snapshotSeq: number | undefined
  /** The files as they were when they were read. */
  identities: Identities
  notices: readonly string[]
}

/** @throws ZafraError `storage` where the file must be written and cannot be */
export async function createStore(parts: Parts): Promise<OpenStore> {
  const { memory, files, names, journals, clock } = parts
  let hear: (trouble: FileTrouble) => void = () => {}
  const file = new SnapshotFile(files, names, clock, parts.identities, (message) =>
    hear({ code: 'changed', message }),
  )
  const db = openKysely(memory, (statements) => journals.append(statements))
  const snapshots = new Snapshots(clock, parts.snapshot_interval, {
    take: () => db.connection().execute(exportNow),
    async put({ bytes, seq, journalBytes }) {
      if (await file.replace(bytes)) previousSeq = snapshotSeq
      // The previous snapshot needs the journals from there on.
      await journals.drop(previousSeq, journalBytes)
      snapshotSeq = seq
    },
    failed: (message) => hear({ code: 'snapshot', message }),
  })
  /** Of what the previous snapshot holds nothing is known before the first one of this engine. */
  let previousSeq = 0
  let snapshotSeq = parts.snapshotSeq ?? 0
  let closed = false

  async function exportNow() {
    const { seq, bytes: journalBytes } = journals
    memory.run('UPDATE journal_position SET seq = ?', [seq])
    const bytes = snapshots.timed(() => memory.export())
    await journals.end()
    return { bytes, seq, journalBytes }
  }

  const commit = groupCommits(db)
  async function write<T>(work: Work<T>): Promise<T> {
    try {
      return await commit(work)
    } catch (error) {
      throw asZafraError(error)
    } finally {
      if (!closed && journals.seq > snapshotSeq) snapshots.changed()
    }
  }

  if (parts.snapshotSeq === undefined) await snapshots.write()
  else if (journals.seq > snapshotSeq) snapshots.changed()
  return {
    ...createReads(db),
    notices: parts.notices,
    commit: (changes) =>
      write(async (transaction) => {
        const touched: number[] = []
        for (const change of changes) touched.push(await apply(transaction, change))
        return touched
      }),
    insertBatch: (batch, tasks, max_attempts, also = []) =>
      write(async (transaction) => {
        for (const change of also) await apply(transaction, change)
        return insertBatch(transaction, batch, tasks, max_attempts)
      }),
    database: (backup_dir) =>
      databaseFigures(files, { path: names.snapshot, backup_dir }, db, {
        journal_bytes: journals.bytes,
        last_snapshot_ms: snapshots.lastMs,
      }),
    onTrouble(listener) {
      hear = listener
    },
    status: () =>
      db.connection().execute(() =>
        readStatus(files, names.snapshot, memory, {
          journal_bytes: journals.bytes,
          snapshot_error: snapshots.failure,
        }),
      ),
    async close() {
      closed = true
      try {
        if (journals.seq > snapshotSeq || (await file.isChanged())) await snapshots.write()
      } finally {
        await snapshots.idle()
        await journals.end()
        await db.destroy()
      }
    },
  }
}

/** What SQLite refuses by one of the schema's rules is a conflict; anything else it says is a defect of ours. */
function asZafraError(error: unknown): ZafraError {
  if (error instanceof ZafraError) return error
  const message = reason(error)
  return message.includes('constraint failed')
    ? new ZafraError('conflict', `a rule of the database forbids this change: ${message}`, { cause: error })
    : new ZafraError('internal', `the database refused a change: ${message}`, { cause: error })
}
