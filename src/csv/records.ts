/** Longer than any row of a listing; what is longer comes of a quote that nobody closes. */
export const MAX_RECORD = 1024 * 1024

/**
 * @param raw the record as it stands in the file, without its line break
 * @param line the line of the text on which it begins, from 1
 */
export type OnRecord = (cells: string[], raw: string, line: number) => void

/** What a text is cut by. */
export interface Dialect {
  /** One character. */
  delimiter: string
  /** A line feed, with a carriage return before it or not; or a carriage return alone. */
  newline: '\n' | '\r'
}

/**
 * Cuts CSV text that comes in pieces into records, in memory that does not grow with the file, by the rules of
 * `csv/README.md`. A general parser is a third as quick, and this is most of what a check costs.
 */
export class Records {
  readonly #delimiter: string
  readonly #newline: string
  readonly #onRecord: OnRecord
  /** On which the next record begins. */
  #line: number
  #rest = ''
  #torn = false

  /** @param line that of the beginning of the text in its file */
  constructor({ delimiter, newline }: Dialect, onRecord: OnRecord, line = 1) {
    this.#delimiter = delimiter
    this.#newline = newline
    this.#onRecord = onRecord
    this.#line = line
  }

  /** On which the next record begins: where the last one is torn, that one. */
  get line(): number {
    return this.#line
  }

  /** @returns false where a record is longer than MAX_RECORD: nothing after it can be trusted, and nothing is told */
  add(text: string): boolean {
    if (this.#torn) return false
    this.#rest = this.#cut(this.#rest + text, false)
    this.#torn ||= this.#rest.length > MAX_RECORD
    if (this.#torn) this.#rest = ''
    return !this.#torn
  }

  /** Takes the end of the file as the end of the last record. @returns false where that is inside a quoted cell */
  end(): boolean {
    if (!this.#torn) this.#cut(this.#rest, true)
    this.#rest = ''
    return !this.#torn
  }

  /** Tells every whole record of `text`, and returns what is left. */
  #cut(text: string, last: boolean): string {
    let from = 0
    while (from < text.length && !this.#torn) {
      const lineEnd = this.#endOfLine(text, from)
      if (lineEnd === text.length && !last) break
      const line = text.slice(from, lineEnd)
      const plain = !line.includes('"')
      if (plain) this.#tell(line)
      const next = plain ? lineEnd + 1 : this.#quoted(text, from, last)
      if (next === undefined) break
      from = next
    }
    return text.slice(from)
  }

  #tell(line: string): void {
    if (line.length > MAX_RECORD) {
      this.#torn = true
      return
    }
    const raw = line.endsWith('\r') ? line.slice(0, -1) : line
    if (raw !== '') this.#onRecord(raw.split(this.#delimiter), raw, this.#line)
    this.#line++
  }

  #tellQuoted(record: string, cells: string[], isOneLine: boolean): void {
    if (record.length > MAX_RECORD) {
      this.#torn = true
      return
    }
    const raw = record.endsWith('\r') ? record.slice(0, -1) : record
    this.#onRecord(cells, raw, this.#line)
    this.#line += 1 + (isOneLine ? 0 : newlines(record, this.#newline))
  }

  /** Tells the record with quotes that begins at `start`; returns where the next one does, unless it is not whole. */
  #quoted(text: string, start: number, last: boolean): number | undefined {
    const cells: string[] = []
    let newline = this.#endOfLine(text, start)
    let isOneLine = true
    for (let from = start; ;) {
      let cell = ''
      let rest = from
      if (text[from] === '"') {
        const close = closingQuote(text, from + 1)
        if (close === undefined) {
          if (!last) return undefined
          this.#torn = true
          return undefined
        }
        // A quote at the end of the piece may be the first of two.
        if (close + 1 === text.length && !last) return undefined
        cell = text.slice(from + 1, close).replaceAll('""', '"')
        // Past the end of the line that was looked up last.
        if (newline < close) isOneLine = false
        rest = close + 1
      }
      if (newline < rest) newline = this.#endOfLine(text, rest)
      if (newline === text.length && !last) return undefined
      const lineEnd = newline
      const delimiter = text.slice(rest, lineEnd).indexOf(this.#delimiter)
      const end = delimiter < 0 ? lineEnd : rest + delimiter
      const tail = text.slice(rest, end)
      cells.push(cell + (delimiter < 0 && tail.endsWith('\r') ? tail.slice(0, -1) : tail))
      if (delimiter < 0) {
        this.#tellQuoted(text.slice(start, lineEnd), cells, isOneLine)
        return lineEnd + 1
      }
      from = end + 1
    }
  }

  #endOfLine(text: string, from: number): number {
    const newline = text.indexOf(this.#newline, from)
    return newline < 0 ? text.length : newline
  }
}

function newlines(text: string, newline: string): number {
  let count = 0
  for (let at = text.indexOf(newline); at >= 0; at = text.indexOf(newline, at + 1)) count++
  return count
}

function closingQuote(text: string, from: number): number | undefined {
  for (let at = from; ; at += 2) {
    at = text.indexOf('"', at)
    if (at < 0) return undefined
    if (text[at + 1] !== '"') return at
  }
}
