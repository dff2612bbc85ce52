import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { csvRecord } from './csv-record.ts'
import type { Cell } from './site.ts'

/** A CSV file that grows row by row and goes on where the kept part of it ends. */
export class CsvOutput {
  readonly #key: number
  readonly #file: number
  readonly #seen: Set<string>
  #bytes: number

  /**
   * @param key the column that tells rows apart
   * @param keep bytes of the file that a checkpoint vouches for; 0: begin anew
   */
  constructor(path: string, columns: readonly string[], key: string, keep: number) {
    this.#key = columns.indexOf(key)
    this.#seen = new Set(keep > 0 ? keptKeys(path, keep, key) : [])
    this.#bytes = keep
    if (keep > 0) truncateSync(path, keep)
    this.#file = openSync(path, keep > 0 ? 'a' : 'w')
    if (keep === 0) this.#write(csvRecord(columns))
  }

  /** Length of the file; every row up to here is whole. */
  get bytes(): number {
    return this.#bytes
  }

  /** Number of data rows. */
  get rows(): number {
    return this.#seen.size
  }

  /** Of its rows, in their order. */
  get keys(): Iterable<string> {
    return this.#seen
  }

  has(key: string): boolean {
    return this.#seen.has(key)
  }

  /** Writes the rows, cells in the columns' order, whose key is new, and returns them. */
  append<R extends readonly Cell[]>(rows: readonly R[]): R[] {
    const fresh = rows.filter((row) => {
      const key = String(row[this.#key])
      return !this.#seen.has(key) && this.#seen.add(key)
    })
    this.#write(fresh.map(csvRecord).join(''))
    return fresh
  }

  close(): void {
    closeSync(this.#file)
  }

  #write(text: string): void {
    const bytes = Buffer.from(text)
    for (let from = 0; from < bytes.length;) from += writeSync(this.#file, bytes, from)
    this.#bytes += bytes.length
  }
}

/** How many bytes of `path` can be kept: all that the checkpoint names, if they are there under the same header. */
export function keepable(path: string, columns: readonly string[], bytes: number): number {
  if (!existsSync(path)) return 0
  const text = readFileSync(path)
  return text.length >= bytes && text.toString().startsWith(csvRecord(columns)) ? bytes : 0
}

function keptKeys(path: string, keep: number, key: string): string[] {
  const kept = readFileSync(path).subarray(0, keep)
  const rows = parse(kept, { columns: true })
  return rows.map((row) => (row as Record<string, string>)[key] ?? '')
}
