import { reason, ZafraError } from '../../domain/error.ts'
import { isMissing, type Files } from './files.ts'
import { Memory } from '../memory.ts'
import { schemaVersion } from '../migrations.ts'
import { nameOf } from './names.ts'
import { unseal, type Seal } from './seal.ts'

/** A snapshot that cannot be used. */
export class Damage extends Error {}

export interface SnapshotRead {
  memory: Memory
  version: number
  seal: Exclude<Seal, 'broken'>
}

/**
 * The database in the file at `path`.
 * @throws Damage where the file holds none; ZafraError `database` where it cannot be read or is not ours
 */
export async function readSnapshot(files: Files, path: string): Promise<SnapshotRead> {
  const bytes = await files.read(path).catch((error: unknown) => {
    if (isMissing(error)) throw new Damage(`${nameOf(path)} is missing`)
    throw new ZafraError('database', `${path} cannot be read: ${reason(error)}`, { cause: error })
  })
  const { memory, seal } = openBytes(bytes, nameOf(path))
  return { memory, seal, version: schemaVersion(memory, path) }
}

/** sql.js takes anything, even nothing, for a database, so it is checked first (source: faults.md, Corrupt database). */
function openBytes(file: Uint8Array, name: string): Pick<SnapshotRead, 'memory' | 'seal'> {
  const { bytes, seal } = unseal(file)
  if (bytes.length === 0) throw new Damage(`${name} is empty`)
  if (!Buffer.from(bytes.subarray(0, 16)).equals(Buffer.from('SQLite format 3\0'))) {
    throw new Damage(`${name} is not a SQLite database`)
  }
  if (seal === 'broken') throw new Damage(`${name} is damaged: it is not what was written`)
  // Journal mode "write-ahead", which a memory has no use for: what a person's program set.
  bytes.set([1, 1], 18)
  try {
    const memory = new Memory(bytes)
    if (seal === 'whole') return { memory, seal }
    const [verdict] = memory.all<{ integrity_check: string }>('PRAGMA integrity_check(1)')
    if (verdict?.integrity_check === 'ok') return { memory, seal }
    throw new Damage(`${name} is damaged: ${verdict?.integrity_check}`)
  } catch (error) {
    throw error instanceof Damage ? error : new Damage(`${name} is damaged: ${reason(error)}`)
  }
}
