import { CsvCutter } from './cutter.ts'

/** What a header must have one of: a character that says something. */
const SAYS_SOMETHING = /[^\s,;|"]/

export interface Shape {
  /** Records below the header. */
  rows: number
  /** Whether the header says anything. */
  header: boolean
  /** Whether it ends, or goes on for longer than any row, inside a quoted cell. */
  torn: boolean
}

/** Counts the records of a CSV file that comes in pieces, in memory that does not grow with it. */
export class CsvShape {
  #rows = 0
  #header = false
  readonly #cutter = new CsvCutter({
    onHeader: ({ raw }) => {
      this.#header = SAYS_SOMETHING.test(raw)
    },
    onRow: () => {
      this.#rows++
    },
  })

  add(bytes: Uint8Array): void {
    // Every byte a character: what cuts a CSV is ASCII.
    this.#cutter.add(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'))
  }

  /** Takes the end of the file as the end of the last record. */
  end(): Shape {
    this.#cutter.end()
    return { rows: this.#rows, header: this.#header, torn: this.#cutter.torn !== null }
  }
}
