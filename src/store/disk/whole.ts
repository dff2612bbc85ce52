import { randomUUID } from 'node:crypto'
import { reason, ZafraError } from '../../domain/error.ts'
import { Memory } from '../memory.ts'
import { schemaVersion } from '../migrations.ts'
import type { Recovered } from './recover.ts'

/** Where the header of a SQLite file says whether it is in write-ahead mode (2) or not (1). */
const MODE_OFFSET = 18

/** Everything that was acknowledged, as the bytes of one file that needs no journal. */
export function wholeFile({ memory, seq }: Pick<Recovered, 'memory' | 'seq'>): Uint8Array {
  if (hasPosition(memory)) memory.run('UPDATE journal_position SET seq = ?', [seq])
  return memory.export()
}

/** Makes it a database of its own, so that the journals of the one that it was copied from are not taken for its. */
export function renameDatabase(memory: Memory): void {
  if (hasPosition(memory)) memory.run('UPDATE journal_position SET database = ?', [randomUUID()])
}

function hasPosition(memory: Memory): boolean {
  return memory.all("SELECT 1 FROM sqlite_schema WHERE name = 'journal_position'").length > 0
}

/**
 * A database file that has been looked at from end to end.
 * @throws ZafraError `database` where it is damaged, empty, of another program or of a newer Zafra
 */
export function openWhole(bytes: Uint8Array, name: string): Memory {
  let memory: Memory | undefined
  try {
    const copy = Uint8Array.from(bytes)
    if (copy[MODE_OFFSET] === 2) copy.set([1, 1], MODE_OFFSET)
    memory = new Memory(copy)
    const [fault] = integrityFaults(memory)
    if (fault !== undefined) throw new Error(fault)
    const tables = memory.all("SELECT 1 FROM sqlite_schema WHERE type = 'table'")
    if (tables.length === 0) throw new Error('it holds no tables')
    schemaVersion(memory, name)
    return memory
  } catch (error) {
    memory?.close()
    if (error instanceof ZafraError) throw error
    throw new ZafraError('database', `${name} is no database that can be used: ${reason(error)}`, {
      cause: error,
    })
  }
}

/** What SQLite finds wrong with the pages and indexes; nothing where all is well. */
export function integrityFaults(memory: Memory): string[] {
  const found = memory.all<{ integrity_check: string }>('PRAGMA integrity_check')
  return found.map(({ integrity_check }) => integrity_check).filter((fault) => fault !== 'ok')
}
