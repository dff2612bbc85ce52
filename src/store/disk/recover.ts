import { reason, ZafraError } from '../../domain/error.ts'
import type { Files } from './files.ts'
import { nameOf, type Names } from './names.ts'
import { Damage, readSnapshot } from './read-snapshot.ts'
import { FIRST_WITH_POSITION, readJournals, replay, type JournalRead, type Replayed } from './replay.ts'

/** The database as it was last acknowledged. */
export interface Recovered extends Replayed {
  /** Why the previous snapshot had to be taken instead of the current one, if so. */
  refused: Refusal | undefined
}

export interface Refusal {
  why: string
  /** What it is set aside as: `<name>.<suffix>-<time>`. */
  suffix: 'corrupt' | 'changed'
}

/**
 * Reads the snapshot and replays the journals over it, in memory; writes nothing. A damaged or missing snapshot
 * is replaced by the previous one, whose journals are kept for that; so is one that another program changed while
 * the journals held what it lacks, for they go on from what we wrote. Undefined: there is no database yet.
 * @throws ZafraError `database` where an acknowledged change would be missing, or the database is not ours
 */
export async function recover(files: Files, names: Names, now: Date): Promise<Recovered | undefined> {
  const present = new Set(await files.list(names.folder))
  const journals = await readJournals(files, names, present)
  const hasPrevious = present.has(nameOf(names.previous))
  if (!present.has(nameOf(names.snapshot)) && !hasPrevious && journals.length === 0) return undefined
  let refused: Refusal
  try {
    const snapshot = await readSnapshot(files, names.snapshot)
    if (snapshot.version < FIRST_WITH_POSITION) refuseJournals(journals, names)
    const current = replay(snapshot, journals, names, now)
    if (current.seal === 'whole' || current.seq === current.snapshotSeq)
      return { ...current, refused: undefined }
    const why = `another program changed ${nameOf(names.snapshot)} while an engine worked on the database`
    refused = { why, suffix: 'changed' }
  } catch (error) {
    if (!(error instanceof Damage)) throw error
    refused = { why: error.message, suffix: 'corrupt' }
  }
  try {
    return { ...replay(await readSnapshot(files, names.previous), journals, names, now), refused }
  } catch (error) {
    throw new ZafraError(
      'database',
      `${names.snapshot} cannot be used: ${refused.why}. The one before it cannot replace it: ${reason(error)}. ` +
        'Nothing was changed. Put back a backup in its place (zafra db restore), or, to begin with an empty ' +
        `database, move ${names.snapshot}* and ${names.journal(0).slice(0, -1)}* to another folder`,
      { cause: error },
    )
  }
}

/**
 * An older program's file has no journals: the first engine that opens it writes it anew before it begins one.
 * (The file before that one may have some: they go on from the file that followed it.)
 */
function refuseJournals(journals: readonly JournalRead[], names: Names): void {
  const foreign = journals.find(({ header }) => header !== undefined)
  if (!foreign) return
  throw new ZafraError(
    'database',
    `${names.journal(foreign.generation)} belongs to another database than ${nameOf(names.snapshot)}, which an older ` +
      'program wrote. Nothing was changed; move the journal to another folder',
  )
}
