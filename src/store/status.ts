import { sqlTime } from '../domain/clock.ts'
import { diskFiles, type Files } from './disk/files.ts'
import type { Memory } from './memory.ts'
import { LATEST_VERSION, MIGRATIONS, schemaVersion } from './migrations.ts'
import { recoverBeside } from './disk/recover-beside.ts'

/** What `zafra db status` shows. */
export interface DatabaseStatus {
  path: string
  file_bytes: number
  schema_version: number
  latest_version: number
  /** The migrations it still needs; the next engine makes them. */
  pending: { version: number; description: string }[]
  tables: { name: string; rows: number }[]
  indexes: string[]
  /** Bytes of what the file lacks, in the journals beside it. */
  journal_bytes: number
  /** When the file was last written; UTC as `sqlTime`. */
  last_snapshot: string
  /** Why the last try to write it failed, or what is wrong with it; else null. */
  snapshot_error: string | null
}

/**
 * The state of the database at `path`, read without changing anything; also while an engine writes it.
 * @throws ZafraError `not_found` where there is none, `database` where it cannot be used
 */
export async function databaseStatus(path: string, now: Date, files = diskFiles): Promise<DatabaseStatus> {
  const { memory, journalBytes, refused } = await recoverBeside(files, path, now)
  try {
    return await readStatus(files, path, memory, {
      journal_bytes: journalBytes,
      snapshot_error: refused?.why,
    })
  } finally {
    memory.close()
  }
}

export async function readStatus(
  files: Files,
  path: string,
  memory: Memory,
  beside: { journal_bytes: number; snapshot_error: string | undefined },
): Promise<DatabaseStatus> {
  const { bytes, modified } = await files.stat(path)
  const schema_version = schemaVersion(memory, path)
  return {
    path,
    file_bytes: bytes,
    schema_version,
    latest_version: LATEST_VERSION,
    pending: MIGRATIONS.filter(({ version }) => version > schema_version).map(({ version, description }) => ({
      version,
      description,
    })),
    tables: names(memory, 'table').map((name) => ({ name, rows: rowCount(memory, name) })),
    indexes: names(memory, 'index'),
    journal_bytes: beside.journal_bytes,
    last_snapshot: sqlTime(modified),
    snapshot_error: beside.snapshot_error ?? null,
  }
}

function names(memory: Memory, type: 'table' | 'index'): string[] {
  const sql =
    "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
  return memory.all<{ name: string }>(sql, [type]).map(({ name }) => name)
}

function rowCount(memory: Memory, table: string): number {
  const [row] = memory.all<{ rows: number }>(`SELECT count(*) AS rows FROM "${table.replaceAll('"', '""')}"`)
  return row?.rows ?? 0
}
