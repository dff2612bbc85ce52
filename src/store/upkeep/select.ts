import { reason, ZafraError } from '../../domain/error.ts'
import { diskFiles } from '../disk/files.ts'
import type { Memory, SqlValue } from '../memory.ts'
import { recoverBeside } from '../disk/recover-beside.ts'

export interface Selected {
  columns: string[]
  rows: (string | number | null)[][]
}

/**
 * What one statement of SQL reads from the database at `path`, as it was last acknowledged. It runs on a copy in
 * memory that takes no writes, so nothing that it says can change anything. Blobs are shown as `x'0f'`.
 * @throws ZafraError `usage` for what SQLite refuses, a write included; `not_found`, `database`
 */
export async function select(path: string, sql: string, now: Date, files = diskFiles): Promise<Selected> {
  return reading(path, now, files, (memory) => readOne(memory, sql))
}

/** The steps in which SQLite would answer `sql`. @throws as `select` */
export async function queryPlan(path: string, sql: string, now: Date, files = diskFiles): Promise<string[]> {
  return reading(path, now, files, (memory) => planOf(memory, sql))
}

/** Does `work` on a copy in memory that takes no writes. */
export async function reading<T>(
  path: string,
  now: Date,
  files: typeof diskFiles,
  work: (memory: Memory) => T,
): Promise<T> {
  const { memory } = await recoverBeside(files, path, now)
  try {
    memory.script('PRAGMA query_only = ON')
    return work(memory)
  } finally {
    memory.close()
  }
}

export function planOf(memory: Memory, sql: string): string[] {
  const { rows } = readOne(memory, `EXPLAIN QUERY PLAN ${sql}`)
  return rows.map((row) => String(row.at(-1)))
}

function readOne(memory: Memory, sql: string): Selected {
  try {
    const rest = memory.restOf(sql)
    if (rest.trim() !== '')
      throw new Error(`one statement at a time; what follows the first is "${rest.trim()}"`)
    const { columns, rows } = memory.read(sql)
    return { columns: distinct(columns), rows: rows.map((row) => row.map(shown)) }
  } catch (error) {
    const said = reason(error)
    const why = said.includes('readonly database') ? 'it would write, and this only reads' : said
    throw new ZafraError('usage', `the query cannot be run: ${why}`, { cause: error })
  }
}

function shown(value: SqlValue): string | number | null {
  return value instanceof Uint8Array ? `x'${Buffer.from(value).toString('hex')}'` : value
}

/** Two columns of one name would be one in JSON. */
function distinct(columns: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return columns.map((column) => {
    const times = (seen.get(column) ?? 0) + 1
    seen.set(column, times)
    return times === 1 ? column : `${column}:${times}`
  })
}
