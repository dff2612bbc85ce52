/** Lines kept. A report of an interpreter with its stack is no longer where it matters: its beginning is looked for from the end. */
const LINES = 40
/** Bytes kept of a line. */
const LENGTH = 500

/** The last lines of standard error, in memory that does not grow with what a scraper writes. */
export class ErrorTail {
  readonly #kept: { bytes: Buffer; length: number }[] = []
  #next = 0

  add(line: Buffer): void {
    const place = (this.#kept[this.#next] ??= { bytes: Buffer.allocUnsafe(LENGTH), length: 0 })
    place.length = line.copy(place.bytes)
    this.#next = (this.#next + 1) % LINES
  }

  /** The earliest first. */
  lines(): string[] {
    const ordered = [...this.#kept.slice(this.#next), ...this.#kept.slice(0, this.#next)]
    return ordered.map(({ bytes, length }) => bytes.toString('utf8', 0, length).trimEnd())
  }
}
