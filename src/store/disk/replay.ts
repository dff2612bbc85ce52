import { sqlTime } from '../../domain/clock.ts'
import { ZafraError } from '../../domain/error.ts'
import type { Files } from './files.ts'
import { decode, type Decoded } from './journal-record.ts'
import type { JournalOnDisk } from './journals.ts'
import type { Memory } from '../memory.ts'
import { migrate } from '../migrations.ts'
import { nameOf, type Names } from './names.ts'
import type { SnapshotRead } from './read-snapshot.ts'

/** A snapshot with what the journals add to it. */
export interface Replayed extends SnapshotRead {
  /** Which journals are its own; undefined before it ever had one. */
  database: string | undefined
  /** The last transaction. */
  seq: number
  /** The last transaction in the snapshot that was read. */
  snapshotSeq: number
  journals: JournalOnDisk[]
  /** Bytes of the records that the snapshot lacked. */
  journalBytes: number
  /** What a person should know of it. */
  notices: string[]
}

export interface JournalRead extends Decoded {
  generation: number
}

export async function readJournals(
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
      return { generation, ...decode(bytes) }
    }),
  )
}

/** @throws ZafraError `database` where an acknowledged change would be missing */
export function replay(
  from: SnapshotRead,
  journals: readonly JournalRead[],
  names: Names,
  now: Date,
): Replayed {
  const { memory } = from
  const position = journalPosition(memory, from.version)
  const state: Replayed = {
    ...from,
    database: position?.database,
    seq: position?.seq ?? 0,
    snapshotSeq: position?.seq ?? 0,
    journals: [],
    journalBytes: 0,
    notices: [],
  }
  for (const [at, journal] of journals.entries()) {
    const until = journals.slice(at + 1).find((next) => next.header)?.header?.after ?? Infinity
    replayJournal(state, journal, { until, path: names.journal(journal.generation), now })
    if (at === journals.length - 1 && journal.good < journal.written) {
      state.notices.push(
        `${nameOf(names.journal(journal.generation))}: the last ${journal.written - journal.good} bytes are no whole ` +
          'change and were left out (a write that was cut short)',
      )
    }
  }
  return state
}

/** Replays what `state` lacks of one journal, up to record `until`, where the next journal takes over. */
function replayJournal(
  state: Replayed,
  journal: JournalRead,
  { until, path, now }: { until: number; path: string; now: Date },
): void {
  const { header, records, stray } = journal
  state.journals.push({ generation: journal.generation, after: header?.after ?? state.seq })
  const last = Math.max(records.at(-1)?.seq ?? 0, state.seq)
  if (stray && stray.seq > last && stray.seq <= until) throw damaged(path, journal.good, last + 1, stray.seq)
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

function damaged(path: string, at: number, from: number, to: number): ZafraError {
  return new ZafraError(
    'database',
    `${path} is damaged after byte ${at}: not all of the changes ${from} to ${to} can be read. Nothing was changed. ` +
      'Put back a backup without its journals (zafra db restore), or, to go on without these changes, copy the ' +
      `journal and cut it off there (truncate -s ${at} ${path})`,
  )
}

/** The first version whose files say where the journal continues them. */
export const FIRST_WITH_POSITION = 5

function journalPosition(memory: Memory, version: number): { database: string; seq: number } | undefined {
  if (version < FIRST_WITH_POSITION) return undefined
  return memory.all<{ database: string; seq: number }>('SELECT database, seq FROM journal_position')[0]
}
