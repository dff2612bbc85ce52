import { open } from 'node:fs/promises'
import { StringDecoder } from 'node:string_decoder'
import { ZafraError } from '../../domain/error.ts'
import { MAX_RECORD, Records } from './records.ts'

/** Bytes between two chances for other work: about a millisecond of checking. */
const PIECE = 64 * 1024

const DELIMITERS = [',', ';', '\t', '|']
const BOM = '\uFEFF'

export interface Header {
  columns: string[]
  delimiter: string
  /** As it stands in the file. */
  raw: string
}

/** @returns false to read no further */
type OnRow = (cells: string[], raw: string) => boolean | void

export interface Reading {
  /** Called once, before the first row. */
  onHeader: (header: Header) => void
  onRow: OnRow
  /** latin1 keeps every byte as it is; columns and cells are then not to be looked at. */
  encoding?: 'utf8' | 'latin1'
  signal?: AbortSignal
}

/**
 * Reads a CSV file row by row, giving way to other work in between.
 * @returns `torn` where it ends, or goes on for longer than any row, inside a quoted cell
 * @throws ZafraError `interrupted` when aborted
 */
export async function readCsv(path: string, reading: Reading): Promise<'whole' | 'torn'> {
  const { encoding = 'utf8', signal } = reading
  const file = await open(path)
  const decoder = new StringDecoder(encoding)
  const buffer = Buffer.allocUnsafe(PIECE)
  const cutter = new Cutter(reading)
  try {
    while (!cutter.stopped) {
      if (signal?.aborted) throw new ZafraError('interrupted', `reading ${path} was stopped`)
      const { bytesRead } = await file.read(buffer, 0, PIECE)
      if (bytesRead === 0) {
        return cutter.add(decoder.end()) && cutter.end() ? 'whole' : 'torn'
      }
      if (!cutter.add(decoder.write(buffer.subarray(0, bytesRead)))) return 'torn'
    }
    return 'whole'
  } finally {
    await file.close()
  }
}

/** Finds the header, and with it what parts the cells; then hands on the rows. */
class Cutter {
  stopped = false
  readonly #reading: Reading
  #records: Records | undefined
  #head = ''

  constructor(reading: Reading) {
    this.#reading = reading
  }

  add(text: string): boolean {
    if (this.#records) return this.#records.add(text)
    this.#head += text
    if (this.#head.length <= MAX_RECORD && !this.#head.trimStart().includes('\n')) return true
    return this.#begin().add(this.#head)
  }

  end(): boolean {
    if (this.#records) return this.#records.end()
    // Without a line break after the header there was nothing to begin with.
    if (this.#head.trim() === '') return true
    const records = this.#begin()
    return records.add(this.#head) && records.end()
  }

  #begin(): Records {
    const { onHeader, onRow, encoding } = this.#reading
    this.#head = withoutBom(this.#head, encoding)
    const delimiter = delimiterOf(this.#head.trimStart().split('\n', 1)[0] ?? '')
    let header = false
    this.#records = new Records(delimiter, (cells, raw) => {
      if (header) this.stopped ||= this.stopped || onRow(cells, raw) === false
      else onHeader({ columns: cells.map((cell) => cell.trim()), delimiter, raw })
      header = true
    })
    return this.#records
  }
}

function withoutBom(text: string, encoding: 'utf8' | 'latin1' | undefined): string {
  const mark = encoding === 'latin1' ? 'ï»¿' : BOM
  return text.startsWith(mark) ? text.slice(mark.length) : text
}

/** The one that stands most often in the header, outside of quotes; a comma where none does. */
function delimiterOf(line: string): string {
  const bare = line.replaceAll(/"[^"]*"/g, '')
  const [most] = DELIMITERS.map((each) => [each, bare.split(each).length] as const).toSorted(
    ([, one], [, other]) => other - one,
  )
  return most?.[0] ?? ','
}
