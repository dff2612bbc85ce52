import { sqlTime } from '../domain/clock.ts'
import { ZafraError, reason } from '../domain/error.ts'
import type { Files } from './files.ts'
import { isMissing } from './files.ts'
import { decode, type JournalHeader, type JournalRecord } from './journal-record.ts'
import type { JournalOnDisk } from './journals.ts'
import { Memory } from './memory.ts'
import { migrate, schemaVersion } from './migrations.ts'
import { nameOf, type Names } from './names.ts'

/** The database as it was last acknowledged. */
export interface Recovered {
  memory: Memory
  version: number
  /** Which journals are its own; undefined before it ever had one. */
  database: string | undefined
  /** The last transaction. */
  seq: number
  /** The last transaction in the snapshot that was read. */
  snapshotSeq: number
  journals: JournalOnDisk[]
  /** Bytes of the records that the snapshot lacked. */
  journalBytes: number
  /** What is wrong with the current snapshot, if the previous one had to be taken. */
  damage: string | undefined
  /** What a person should know of it. */
  notices: string[]
}

interface JournalRead {
  generation: number
  header: JournalHeader | undefined
  records: JournalRecord[]
  good: number
  length: number
}

/** A snapshot that cannot be one. */
class Damage extends Error {}

/**
 * Reads the snapshot and replays the journals over it, in memory; writes nothing. A damaged or missing snapshot
 * is replaced by the previous one, whose journals are kept for that. Undefined: there is no database yet.
 * @throws ZafraError `database` where an acknowledged change would be missing, or the database is not ours
 */
export async function recover(files: Files, names: Names, now: Date): Promise<Recovered | undefined> {
  const present = new Set(await files.list(names.folder))
  const journals = await readJournals(files, names, present)
  const hasPrevious = present.has(nameOf(names.previous))
  if (!present.has(nameOf(names.snapshot)) && !hasPrevious && journals.length === 0) return undefined
  let damage: string
  try {
    return replay(await openSnapshotFile(files, names.snapshot), journals, names, now)
  } catch (error) {
    if (!(error instanceof Damage)) throw error
    damage = error.message
  }
  try {
    const recovered = replay(await openSnapshotFile(files, names.previous), journals, names, now)
    return { ...recovered, damage }
  } catch (error) {
    throw new ZafraError(
      'database',
      `${names.snapshot} cannot be used: ${damage}. The one before it cannot replace it: ${reason(error)}. ` +
        'Nothing was changed. Put back a backup in its place (zafra db restore), or, to begin with an empty ' +
        `database, move ${names.snapshot}* and ${names.journal(0).slice(0, -1)}* to another folder`,
      { cause: error },
    )
  }
}

async function openSnapshotFile(files: Files, path: string): Promise<{ memory: Memory; version: number }> {
  const bytes = await files.read(path).catch((error: unknown) => {
    if (isMissing(error)) throw new Damage(`${nameOf(path)} is missing`)
    throw new ZafraError('database', `${path} cannot be read: ${reason(error)}`, { cause: error })
  })
  const memory = openBytes(bytes, nameOf(path))
  return { memory, version: schemaVersion(memory, path) }
}

/** sql.js takes anything, even nothing, for a database, so it is checked first (source: faults.md, Corrupt database). */
function openBytes(bytes: Uint8Array, name: string): Memory {
  if (bytes.length === 0) throw new Damage(`${name} is empty`)
  if (!Buffer.from(bytes.subarray(0, 16)).equals(Buffer.from('SQLite format 3\0'))) {
    throw new Damage(`${name} is not a SQLite database`)
  }
  // Journal mode "write-ahead", which a memory has no use for: what a person's program set.
  bytes.set([1, 1], 18)
  try {
    const memory = new Memory(bytes)
    const [verdict] = memory.all<{ quick_check: string }>('PRAGMA quick_check(1)')
    if (verdict?.quick_check === 'ok') return memory
    throw new Damage(`${name} is damaged: ${verdict?.quick_check}`)
  } catch (error) {
    throw error instanceof Damage ? error : new Damage(`${name} is damaged: ${reason(error)}`)
  }
}

async function readJournals(
  files: Files,
  names: Names,
  present: ReadonlySet<string>,
): Promise<JournalRead[]> {
  const generations = [...present]
    .map((name) => names.generation(name))
    .filter((generation) => generation !== undefined)
    .sort((a, b) => a - b)
  return Promise.all(
    generations.map(async (generation) => {
      const bytes = await files.read(names.journal(generation))
      return { generation, length: bytes.length, ...decode(bytes) }
    }),
  )
}

function replay(
  from: { memory: Memory; version: number },
  journals: readonly JournalRead[],
  names: Names,
  now: Date,
): Recovered {
  const { memory } = from
  const position = journalPosition(memory, from.version)
  const state: Recovered = {
    ...from,
    database: position?.database,
    seq: position?.seq ?? 0,
    snapshotSeq: position?.seq ?? 0,
    journals: [],
    journalBytes: 0,
    damage: undefined,
    notices: [],
  }
  for (const [at, journal] of journals.entries()) {
    const until = journals.slice(at + 1).find((next) => next.header)?.header?.after ?? Infinity
    replayJournal(state, journal, { until, path: names.journal(journal.generation), now })
    if (at === journals.length - 1 && journal.good < journal.length) {
      state.notices.push(
        `${nameOf(names.journal(journal.generation))}: the last ${journal.length - journal.good} bytes are no whole ` +
          'change and were left out (a write that was cut short)',
      )
    }
  }
  return state
}

/** Replays what `state` lacks of one journal, up to record `until`, where the next journal takes over. */
function replayJournal(
  state: Recovered,
  journal: JournalRead,
  { until, path, now }: { until: number; path: string; now: Date },
): void {
  const { header, records } = journal
  state.journals.push({ generation: journal.generation, after: header?.after ?? state.seq })
  if (!header) return
  state.database ??= header.database
  if (header.database !== state.database) {
    throw new ZafraError('database', `${path} belongs to another database; move it to another folder`)
  }
  const missing = records.filter(({ seq }) => seq > state.seq && seq <= until)
  if (header.after > state.seq || (missing[0] && missing[0].seq !== state.seq + 1)) {
    throw new ZafraError(
      'database',
      `changes ${state.seq + 1} to ${Math.max(header.after, (missing[0]?.seq ?? 0) - 1)} are missing before ${path}: ` +
        'the database beside it is older, or a journal was lost or damaged. Nothing was changed. ' +
        'Put back the missing file, or a backup without its journals (zafra db restore)',
    )
  }
  if (missing.length === 0) return
  if (header.version > state.version) {
    migrate(state.memory, state.version, header.version, sqlTime(now))
    state.version = header.version
  }
  for (const { seq, statements } of missing) {
    state.memory.transaction(() =>
      statements.forEach(([sql, parameters]) => state.memory.run(sql, parameters)),
    )
    state.seq = seq
  }
  state.journalBytes += journal.good
}

/** The first version whose files say where the journal continues them. */
const FIRST_WITH_POSITION = 5

function journalPosition(memory: Memory, version: number): { database: string; seq: number } | undefined {
  if (version < FIRST_WITH_POSITION) return undefined
  return memory.all<{ database: string; seq: number }>('SELECT database, seq FROM journal_position')[0]
}
