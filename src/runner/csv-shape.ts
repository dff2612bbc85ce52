const NEWLINE = 10
const RETURN = 13
const QUOTE = 34
/** A quote opens a quoted field only where a field begins; scrapers use these delimiters. */
const DELIMITERS: ReadonlySet<number> = new Set(Buffer.from(',;\t|'))
const BLANKS: ReadonlySet<number> = new Set(Buffer.from(' ,;\t|\r"'))
const BOM = [0xef, 0xbb, 0xbf]

/** Counts the records of a CSV file that comes in pieces, in constant memory. Blank lines are no records. */
export class CsvShape {
  /** The first is the header. */
  #records = 0
  #position = 0
  #quoted = false
  #fieldBegins = true
  /** Whether the record has anything but spaces, quotes and delimiters; the header must. */
  #text = false
  #blankLine = true
  #headerText = false

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      const mark = this.#position < BOM.length && byte === BOM[this.#position]
      this.#position++
      if (!mark) this.#byte(byte)
    }
  }

  /** Takes the end of the file as the end of the last record. */
  end(): { rows: number; header: boolean; torn: boolean } {
    const torn = this.#quoted
    this.#endRecord()
    return { rows: Math.max(this.#records - 1, 0), header: this.#headerText, torn }
  }

  #byte(byte: number): void {
    if (byte === NEWLINE && !this.#quoted) {
      this.#endRecord()
      return
    }
    if (byte !== RETURN) this.#blankLine = false
    if (!BLANKS.has(byte) && byte !== NEWLINE) this.#text = true
    if (byte === QUOTE && (this.#quoted || this.#fieldBegins)) {
      this.#quoted = !this.#quoted
      // A doubled quote inside a quoted field closes it and opens it again at once.
      this.#fieldBegins = true
    } else {
      this.#fieldBegins = !this.#quoted && DELIMITERS.has(byte)
    }
  }

  #endRecord(): void {
    if (!this.#blankLine) {
      if (this.#records === 0) this.#headerText = this.#text
      this.#records++
    }
    this.#fieldBegins = true
    this.#text = false
    this.#blankLine = true
  }
}
