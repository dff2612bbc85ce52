import { once } from 'node:events'
import { Chalk, supportsColor, type ChalkInstance } from 'chalk'
import { safe, safeJson } from '../domain/safe.ts'
import { alignedTable, plainCell, type Cell, type Column } from './table.ts'

/** How much is said beside what was asked for. */
export type Loudness = 'quiet' | 'normal' | 'verbose'

/** Where a command's answers go: one JSON document, a table for a person, or tab-separated lines. */
export interface Output {
  readonly json: boolean
  /** Whether a person sees it on a terminal. */
  readonly terminal: boolean
  readonly loudness: Loudness
  readonly colour: ChalkInstance
  /** Aborted when whoever read standard output has gone; what is printed after that goes nowhere. */
  readonly gone: AbortSignal
  /** A line of ours; foreign text in it must have passed `safe`. */
  line: (text?: string) => void
  /** Foreign text exactly as it is. */
  raw: (text: string) => void
  /** Said beside the answer, on standard error; nothing when quiet. Foreign text is sanitised here. */
  note: (text: string) => void
  /** Resolves when whoever reads standard output has taken enough for more, or has gone. */
  drained: () => Promise<void>
  /** The answer as a JSON document: column names of the database, values as they are. */
  document: (value: unknown) => void
  /** Rows of facts; every cell is taken as foreign. */
  table: (columns: readonly Column[], rows: readonly (readonly Cell[])[]) => void
  /** There is nobody left to tell: from now on everything goes to a log, as plain lines. A second call does nothing. */
  moveTo: (openLog: () => (lines: string) => void) => void
}

export interface OutputOptions {
  json?: boolean | undefined
  quiet?: boolean | undefined
  verbose?: boolean | undefined
  color?: boolean | undefined
  header?: boolean | undefined
}

/** @param streams whose errors (a closed pipe, a lost terminal) end the printing and nothing else */
export function createOutput(
  streams: { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream; env: NodeJS.ProcessEnv },
  options: OutputOptions,
): Output {
  const { stdout, stderr } = streams
  const gone = new AbortController()
  stdout.on('error', () => gone.abort())
  // Standard error can vanish with its terminal as well; there is nobody left to tell.
  stderr.on('error', () => undefined)
  let log: ((lines: string) => void) | undefined
  const write = (text: string) => {
    if (log) log(text)
    else if (!gone.signal.aborted) stdout.write(text)
  }
  const colour = new Chalk({ level: colourLevel(streams.env, options.color) })
  return {
    get json() {
      return !log && (options.json ?? false)
    },
    get terminal() {
      return !log && stdout.isTTY
    },
    get loudness() {
      return options.verbose ? 'verbose' : options.quiet && !log ? 'quiet' : 'normal'
    },
    colour,
    gone: gone.signal,
    line: (text = '') => write(`${text}\n`),
    raw: write,
    note(text) {
      const lines = `${text.split('\n').map(safe).join('\n')}\n`
      if (log) log(lines)
      else if (!options.quiet) stderr.write(lines)
    },
    async drained() {
      if (log || !stdout.writableNeedDrain) return
      // It rejects when the reader goes, and then there is nothing to wait for.
      await once(stdout, 'drain', { signal: gone.signal }).catch(() => {})
    },
    document: (value) => write(`${safeJson(value, stdout.isTTY ? 2 : 0)}\n`),
    table(columns, rows) {
      if (!log && stdout.isTTY)
        for (const line of alignedTable(columns, rows, colour, stdout.columns)) write(`${line}\n`)
      else {
        if (options.header !== false) write(`${columns.map((column) => column.name).join('\t')}\n`)
        for (const row of rows) write(`${row.map(plainCell).join('\t')}\n`)
      }
    },
    moveTo(openLog) {
      log ??= openLog()
      colour.level = 0
    },
  }
}

/** chalk knows FORCE_COLOR and the terminal, but not NO_COLOR (no-color.org: any value but the empty one). */
function colourLevel(env: NodeJS.ProcessEnv, wanted: boolean | undefined) {
  if (wanted === false || env['NO_COLOR']) return 0
  return supportsColor ? supportsColor.level : 0
}
