import { reason, ZafraError } from '../../domain/error.ts'
import { unlinkIfThere, writeAll, type Files, type OpenFile } from './files.ts'
import { encode, type JournalHeader, type Statement } from './journal-record.ts'
import type { Names } from './names.ts'
import { tellTiming } from '../timings.ts'

/**
 * Bytes by which a journal grows at a time: a block of most file systems. The disk takes a record a fifth sooner where
 * the file has room for it already, since what the file system must know of a longer file need not be synced. Not more
 * than a block, or it would be long before a full disk is noticed.
 */
const ROOM = 4096

/** A journal on the disk: the transactions after number `after`, up to where the next one begins. */
export interface JournalOnDisk {
  generation: number
  after: number
}

interface OpenJournal {
  file: OpenFile
  /** Bytes of its records. */
  length: number
  /** Bytes of the file: zeroes follow the records. */
  size: number
}

/**
 * The journals of one database, as its only writer sees them. Each is written by one process between two
 * snapshots; a journal that failed once is never written again, since what a failed write or sync left on the
 * disk cannot be known (source: faults.md, fsync error): the next write begins a fresh one, whose `after` voids it.
 */
export class Journals {
  readonly #files: Files
  readonly #names: Names
  readonly #identity: Omit<JournalHeader, 'after'>
  readonly #sync: boolean
  #onDisk: readonly JournalOnDisk[]
  #open: OpenJournal | undefined
  #seq: number
  #bytes: number

  /** @param state what recovery found: the last transaction, the journals oldest first, bytes since the snapshot */
  constructor(
    files: Files,
    names: Names,
    identity: Omit<JournalHeader, 'after'>,
    sync: boolean,
    state: { seq: number; journals: readonly JournalOnDisk[]; journalBytes: number },
  ) {
    this.#files = files
    this.#names = names
    this.#identity = identity
    this.#sync = sync
    this.#onDisk = state.journals
    this.#seq = state.seq
    this.#bytes = state.journalBytes
  }

  /** The number of the last acknowledged transaction. */
  get seq(): number {
    return this.#seq
  }

  /** Bytes of the transactions that the snapshot lacks. */
  get bytes(): number {
    return this.#bytes
  }

  /** Makes one transaction durable. @throws ZafraError `storage`; then it is not there. */
  async append(statements: readonly Statement[]): Promise<void> {
    const record = encode({ seq: this.#seq + 1, statements })
    try {
      const journal = (this.#open ??= await this.#begin())
      const start = performance.now()
      await this.#write(journal, record)
      tellTiming('journal', performance.now() - start, record.length)
    } catch (error) {
      throw new ZafraError(
        'storage',
        `a change could not be written to the journal in ${this.#names.folder} and was undone: ${reason(error)}; ` +
          'make room on the disk or mend it, then try again',
        { cause: error },
      )
    }
    this.#seq += 1
    this.#bytes += record.length
  }

  /** Everything so far goes into a snapshot: what comes now goes into a new journal. */
  async end(): Promise<void> {
    const journal = this.#open
    this.#open = undefined
    await journal?.file.close()
  }

  /** A new snapshot holds the next `bytes`: removes the journals that hold nothing after transaction `seq`. */
  async drop(seq: number, bytes: number): Promise<void> {
    this.#bytes -= bytes
    const done = this.#onDisk.filter((_, at) => (this.#onDisk[at + 1]?.after ?? Infinity) <= seq)
    for (const { generation } of done) await unlinkIfThere(this.#files, this.#names.journal(generation))
    this.#onDisk = this.#onDisk.filter((journal) => !done.includes(journal))
  }

  async #begin(): Promise<OpenJournal> {
    const journal = { generation: (this.#onDisk.at(-1)?.generation ?? 0) + 1, after: this.#seq }
    const path = this.#names.journal(journal.generation)
    const header = encode({ ...this.#identity, after: journal.after })
    // One of this number that is not in the list failed before it held anything.
    await unlinkIfThere(this.#files, path)
    const open = { file: await this.#files.create(path, this.#sync), length: 0, size: 0 }
    try {
      await put(open, header)
      await this.#files.syncFolder(this.#names.folder)
    } catch (error) {
      await open.file.close()
      throw error
    }
    this.#onDisk = [...this.#onDisk, journal]
    return open
  }

  async #write(journal: OpenJournal, record: Uint8Array): Promise<void> {
    try {
      await put(journal, record)
    } catch (error) {
      this.#open = undefined
      await cutBack(journal)
      // An empty one makes room for the next, so that a full disk is not filled with them.
      this.#onDisk = this.#onDisk.filter(({ after }) => after !== this.#seq)
      throw error
    }
  }
}

async function put(journal: OpenJournal, record: Uint8Array): Promise<void> {
  const end = journal.length + record.length
  const size = end <= journal.size ? journal.size : Math.ceil(end / ROOM) * ROOM
  const bytes = size === journal.size ? record : Buffer.concat([record], size - journal.length)
  await writeAll(journal.file, bytes, journal.length)
  journal.length = end
  journal.size = size
}

/** Cuts off what the failed write left, so that it is not taken for acknowledged, and gives its room back. */
async function cutBack({ file, length }: OpenJournal): Promise<void> {
  try {
    await file.truncate(length)
    await file.sync()
  } catch {
    // The next journal's `after` voids it; the error that matters is the first one.
  } finally {
    await file.close()
  }
}
