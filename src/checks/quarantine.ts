import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import type { Header } from '../csv/cutter.ts'
import { readCsv } from '../csv/read.ts'

/** Characters gathered before they are written. */
const BATCH = 256 * 1024

/** A file that is written piece by piece; gone again unless it is kept. */
class Sink {
  readonly #path: string
  readonly #encoding: 'utf8' | 'latin1'
  readonly #file: number
  #text = ''

  constructor(path: string, encoding: 'utf8' | 'latin1') {
    this.#path = path
    this.#encoding = encoding
    rmSync(path, { force: true })
    // Never through a link that somebody put there.
    this.#file = openSync(path, 'wx')
  }

  line(text: string): void {
    this.#text += `${text}\n`
    if (this.#text.length >= BATCH) this.#flush()
  }

  close(): void {
    this.#flush()
    fsyncSync(this.#file)
    closeSync(this.#file)
  }

  discard(): void {
    closeSync(this.#file)
    rmSync(this.#path, { force: true })
  }

  #flush(): void {
    const bytes = Buffer.from(this.#text, this.#encoding)
    for (let from = 0; from < bytes.length;) from += writeSync(this.#file, bytes, from)
    this.#text = ''
  }
}

/** The bad rows of one output: why, then the row as it stood there; the first `most` of them. */
export class Quarantine {
  /** Which rows these are, from 1. */
  readonly rows = new Set<number>()
  /** All that were bad, written down or not. */
  count = 0
  readonly #path: string
  readonly #header: Header
  readonly #most: number
  #sink: Sink | undefined

  constructor(path: string, header: Header, most: number) {
    this.#path = path
    this.#header = header
    this.#most = most
    rmSync(path, { force: true })
  }

  add(row: number, raw: string, fault: string): void {
    this.count++
    if (this.count > this.#most) return
    const { delimiter, raw: header, lead } = this.#header
    if (!this.#sink) {
      this.#sink = new Sink(this.#path, 'utf8')
      this.#sink.line(`${lead}quarantine_reason${delimiter}${header}`)
    }
    this.rows.add(row)
    this.#sink.line(`"${fault}"${delimiter}${raw}`)
  }

  close(): void {
    this.#sink?.close()
  }
}

/** Takes `rows` (from 1) out of a CSV file; every other byte of it stays, but for blank lines, line breaks and a byte order mark. */
export async function withoutRows(
  file: string,
  rows: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<void> {
  const clean = `${file}.clean`
  const sink = new Sink(clean, 'latin1')
  let row = 0
  try {
    await readCsv(file, {
      encoding: 'latin1',
      signal,
      onHeader: ({ lead, raw }) => sink.line(lead + raw),
      onRow: (_cells, raw) => {
        row++
        if (!rows.has(row)) sink.line(raw)
      },
    })
  } catch (error) {
    sink.discard()
    throw error
  }
  sink.close()
  renameSync(clean, file)
}
