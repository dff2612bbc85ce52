import { createHash } from 'node:crypto'
import { lstat, readFile } from 'node:fs/promises'
import { csvHead } from '../../../csv/head.ts'
import { CsvShape } from '../../../csv/shape.ts'

/** What stands at SCRAPER_OUTPUT_FILE after a run. */
export interface OutputFile {
  /** Null: not even a header. */
  header: readonly string[] | null
  rows: number
  /** Whether it ends inside a quoted field. */
  torn: boolean
  /** Rows that stand there more than once. */
  repeated: number
}

/** Undefined where there is no regular file. */
export async function readOutput(path: string): Promise<OutputFile | undefined> {
  const facts = await lstat(path).catch(() => undefined)
  if (!facts?.isFile()) return undefined
  const bytes = await readFile(path)
  const shape = new CsvShape()
  shape.add(bytes)
  const { rows, header, torn } = shape.end()
  const [names = [], ...records] = csvHead(bytes.toString(), Infinity, true)
  const distinct = new Set(records.map((record) => JSON.stringify(record)))
  return { header: header ? names : null, rows, torn, repeated: records.length - distinct.size }
}

/** What tells whether a file was changed; undefined where it cannot be read. */
export async function digestOf(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => undefined)
  return bytes && createHash('sha256').update(bytes).digest('hex')
}
