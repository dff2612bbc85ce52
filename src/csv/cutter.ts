import { beginningOf } from './dialect.ts'
import { MAX_RECORD, Records } from './records.ts'

export interface Header {
  /** Without white space around them. */
  columns: string[]
  delimiter: string
  /** As it stands in the file. */
  raw: string
  /** The line `sep=…` before it with its line break, as it stands in the file; empty where there is none. */
  lead: string
  /** From 1. */
  line: number
}

/** @returns false to read no further */
export type OnRow = (cells: string[], raw: string, line: number) => boolean | void

export interface Receiver {
  /** Called once, before the first row. */
  onHeader: (header: Header) => void
  onRow: OnRow
}

const BOM = '\uFEFF'
/** The same, read as latin1. */
const BOM_BYTES = 'ï»¿'

/** Finds the header of a CSV text that comes in pieces, and with it what cuts it; then hands on the rows. */
export class CsvCutter {
  readonly #to: Receiver
  readonly #delimiter: string | undefined
  #records: Records | undefined
  #head = ''
  #stopped = false
  #torn = false

  /** @param delimiter what separates the cells; else the header shows it */
  constructor(to: Receiver, delimiter?: string) {
    this.#to = to
    this.#delimiter = delimiter
  }

  /** The line on which a quoted cell opens that is never closed; null: there is none so far. */
  get torn(): number | null {
    return this.#torn ? (this.#records?.line ?? 1) : null
  }

  /** @returns false where nothing more is of use: the receiver has enough, or the text is torn */
  add(text: string): boolean {
    if (this.#stopped || this.#torn) return false
    if (this.#records) return this.#cut(text)
    this.#head += text
    return this.#begin(this.#head.length > MAX_RECORD) === undefined || this.#cut(this.#head)
  }

  end(): void {
    if (this.#stopped || this.#torn) return
    if (!this.#records) {
      this.#begin(true)
      if (!this.#cut(this.#head)) return
    }
    this.#torn = !this.#records?.end()
  }

  #cut(text: string): boolean {
    this.#head = ''
    this.#torn = !this.#records?.add(text)
    return !this.#torn && !this.#stopped
  }

  #begin(whole: boolean): Records | undefined {
    const text = withoutMark(this.#head)
    const beginning = beginningOf(text, whole)
    if (!beginning) return undefined
    const { lead, dialect } = beginning
    const delimiter = this.#delimiter ?? dialect.delimiter
    this.#head = text.slice(lead.length)
    let header = false
    const onRecord = (cells: string[], raw: string, line: number) => {
      if (header) this.#stopped ||= this.#to.onRow(cells, raw, line) === false
      else this.#to.onHeader({ columns: cells.map((cell) => cell.trim()), delimiter, raw, lead, line })
      header = true
    }
    const first = lead === '' ? 1 : 2
    return (this.#records = new Records({ ...dialect, delimiter }, onRecord, first))
  }
}

function withoutMark(text: string): string {
  const mark = [BOM, BOM_BYTES].find((each) => text.startsWith(each))
  return mark === undefined ? text : text.slice(mark.length)
}
