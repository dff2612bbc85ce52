import { randomUUID } from 'node:crypto'
import { type Clock, sqlTime } from '../domain/clock.ts'
import type { Config } from '../domain/config.ts'
import { reason, ZafraError } from '../domain/error.ts'
import { createStore, type OpenStore } from './create-store.ts'
import { diskFiles, type Files } from './disk/files.ts'
import { Journals } from './disk/journals.ts'
import { Memory } from './memory.ts'
import { LATEST_VERSION, migrate } from './migrations.ts'
import { namesBeside, nameOf, nameStamp, type Names } from './disk/names.ts'
import { recover, type Recovered, type Refusal } from './disk/recover.ts'
import { settle } from './settle.ts'
import { identities } from './disk/snapshot-file.ts'
import { upgrade } from './upgrade.ts'

export type StoreOptions = Pick<Config['database'], 'path' | 'backup_dir' | 'snapshot_interval' | 'fsync'> & {
  clock: Clock
  files?: Files
}

/**
 * Opens the database at `path`, or makes it where there is none; the caller holds the workspace's lock. Replays
 * the journals, upgrades an older schema (after a copy to `backup_dir`) and, where the file is damaged, sets it
 * aside as `<name>.corrupt-<time>` and goes on from the previous snapshot and the journals. A file that another
 * program changed while no engine ran is taken as it is; one that it changed under an engine that then died is set
 * aside as `<name>.changed-<time>`. `notices` of the store say which of that happened.
 * @throws ZafraError `database` where it cannot be used without losing something, `storage` where it cannot be written
 */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  try {
    return await open(options)
  } catch (error) {
    if (error instanceof ZafraError) throw error
    throw new ZafraError('database', `${options.path} cannot be opened: ${reason(error)}`, { cause: error })
  }
}

async function open(options: StoreOptions): Promise<OpenStore> {
  const { path, backup_dir, snapshot_interval, fsync, clock, files = diskFiles } = options
  const names = namesBeside(path)
  const now = clock.now()
  await files.makeFolder(names.folder)
  await settle(files, names, backup_dir, now)
  const seen = await identities(files, names)
  const found = await recover(files, names, now)
  const state = found ?? emptyDatabase(now)
  const { refused, version, memory } = state
  const notices = [...state.notices]
  if (version < LATEST_VERSION) {
    const source = refused === undefined ? names.snapshot : names.previous
    notices.push(await upgrade(files, source, backup_dir, { memory, version }, now))
  }
  if (refused) notices.push(await setAside(files, names, refused, now))
  else if (state.seal === 'changed')
    notices.push(`${nameOf(path)} was changed by another program; it was checked and taken as it is`)
  const identity = { database: ownPosition(state), version: LATEST_VERSION }
  const fileIsCurrent =
    found !== undefined && version === LATEST_VERSION && !refused && found.seal === 'whole'
  return createStore({
    memory,
    files,
    names,
    clock,
    snapshot_interval,
    journals: new Journals(files, names, identity, fsync === 'always', state),
    snapshotSeq: fileIsCurrent ? state.snapshotSeq : undefined,
    identities: seen,
    notices,
  })
}

function emptyDatabase(now: Date): Recovered {
  const memory = new Memory()
  migrate(memory, 0, LATEST_VERSION, sqlTime(now))
  return {
    memory,
    version: LATEST_VERSION,
    seal: 'none',
    database: undefined,
    seq: 0,
    snapshotSeq: 0,
    journals: [],
    journalBytes: 0,
    refused: undefined,
    notices: [],
  }
}

/** The database's name for itself, which its journals carry. */
function ownPosition({ memory, database = randomUUID(), seq }: Recovered): string {
  memory.run('INSERT INTO journal_position VALUES (1, ?, ?) ON CONFLICT DO NOTHING', [database, seq])
  return database
}

async function setAside(files: Files, names: Names, { why, suffix }: Refusal, now: Date): Promise<string> {
  const recovered = 'everything acknowledged was recovered from the previous snapshot and the journals'
  const present = await files.list(names.folder)
  if (!present.includes(nameOf(names.snapshot))) return `${why}; ${recovered}`
  const aside = `${names.snapshot}.${suffix}-${nameStamp(now)}`
  await files.rename(names.snapshot, aside)
  return `${why}; it was set aside as ${nameOf(aside)}, and ${recovered}`
}
