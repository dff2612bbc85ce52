/** Longer than any row of a listing; what is longer comes of a quote that nobody closes. */
export const MAX_RECORD = 1024 * 1024

/** @param raw the record as it stands in the file, without its line break */
export type OnRecord = (cells: string[], raw: string) => void

/**
 * Cuts CSV text that comes in pieces into records, in memory that does not grow with the file. A quote opens a
 * quoted cell only where a cell begins, and quotes inside are doubled; blank lines are no records (the rules by
 * which `runner/csv-shape.ts` counts). A general parser is a third as quick, and this is most of what a check costs.
 */
export class Records {
  readonly #delimiter: string
  readonly #onRecord: OnRecord
  #rest = ''
  #torn = false

  constructor(delimiter: string, onRecord: OnRecord) {
    this.#delimiter = delimiter
    this.#onRecord = onRecord
  }

  /** @returns false where a record is longer than MAX_RECORD: nothing after it can be trusted */
  add(text: string): boolean {
    this.#rest = this.#cut(this.#rest + text, false)
    return this.#rest.length <= MAX_RECORD
  }

  /** Takes the end of the file as the end of the last record. @returns false where that is inside a quoted cell */
  end(): boolean {
    this.#rest = this.#cut(this.#rest, true)
    return !this.#torn
  }

  /** Tells every whole record of `text`, and returns what is left. */
  #cut(text: string, last: boolean): string {
    let from = 0
    while (from < text.length) {
      const lineEnd = endOfLine(text, from)
      if (lineEnd === text.length && !last) break
      const line = text.slice(from, lineEnd)
      const plain = !line.includes('"')
      if (plain) this.#tell(line, undefined)
      const next = plain ? lineEnd + 1 : this.#quoted(text, from, last)
      if (next === undefined) break
      from = next
    }
    return text.slice(from)
  }

  #tell(line: string, cells: string[] | undefined): void {
    const raw = line.endsWith('\r') ? line.slice(0, -1) : line
    if (raw !== '') this.#onRecord(cells ?? raw.split(this.#delimiter), raw)
  }

  /** Tells the record with quotes that begins at `start`; returns where the next one does, unless it is not whole. */
  #quoted(text: string, start: number, last: boolean): number | undefined {
    const cells: string[] = []
    let newline = -1
    for (let from = start; ;) {
      let cell = ''
      let rest = from
      if (text[from] === '"') {
        const close = closingQuote(text, from + 1)
        if (close === undefined) {
          if (!last) return undefined
          this.#torn = true
          cells.push(text.slice(from + 1).replaceAll('""', '"'))
          this.#tell(text.slice(start), cells)
          return text.length
        }
        // A quote at the end of the piece may be the first of two.
        if (close + 1 === text.length && !last) return undefined
        cell = text.slice(from + 1, close).replaceAll('""', '"')
        rest = close + 1
      }
      if (newline < rest) newline = endOfLine(text, rest)
      if (newline === text.length && !last) return undefined
      const lineEnd = newline
      const delimiter = text.slice(rest, lineEnd).indexOf(this.#delimiter)
      const end = delimiter < 0 ? lineEnd : rest + delimiter
      const tail = text.slice(rest, end)
      cells.push(cell + (delimiter < 0 && tail.endsWith('\r') ? tail.slice(0, -1) : tail))
      if (delimiter < 0) {
        this.#tell(text.slice(start, lineEnd), cells)
        return lineEnd + 1
      }
      from = end + 1
    }
  }
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from)
  return newline < 0 ? text.length : newline
}

function closingQuote(text: string, from: number): number | undefined {
  for (let at = from; ; at += 2) {
    at = text.indexOf('"', at)
    if (at < 0) return undefined
    if (text[at + 1] !== '"') return at
  }
}
