import { Chalk, supportsColor, type ChalkInstance } from 'chalk'
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
  /** Said beside the answer, on standard error; nothing when quiet. */
  note: (text: string) => void
  /** The answer as a JSON document: column names of the database, values as they are. */
  document: (value: unknown) => void
  /** Rows of facts; every cell is taken as foreign. */
  table: (columns: readonly Column[], rows: readonly (readonly Cell[])[]) => void
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
  const terminal = stdout.isTTY
  const write = (text: string) => {
    if (!gone.signal.aborted) stdout.write(text)
  }
  const colour = new Chalk({ level: colourLevel(streams.env, options.color) })
  return {
    json: options.json ?? false,
    terminal,
    loudness: options.quiet ? 'quiet' : options.verbose ? 'verbose' : 'normal',
    colour,
    gone: gone.signal,
    line: (text = '') => write(`${text}\n`),
    raw: write,
    note(text) {
      if (!options.quiet) stderr.write(`${text}\n`)
    },
    document: (value) => write(`${JSON.stringify(value, null, terminal ? 2 : 0)}\n`),
    table(columns, rows) {
      if (terminal) for (const line of alignedTable(columns, rows, colour, stdout.columns)) write(`${line}\n`)
      else {
        if (options.header !== false) write(`${columns.map((column) => column.name).join('\t')}\n`)
        for (const row of rows) write(`${row.map(plainCell).join('\t')}\n`)
      }
    },
  }
}

/** chalk knows FORCE_COLOR and the terminal, but not NO_COLOR (no-color.org: any value but the empty one). */
function colourLevel(env: NodeJS.ProcessEnv, wanted: boolean | undefined) {
  if (wanted === false || env['NO_COLOR']) return 0
  return supportsColor ? supportsColor.level : 0
}
