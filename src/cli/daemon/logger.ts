import { pino, type Logger } from 'pino'
import type { Loudness } from '../output.ts'

export type { Logger }

const LEVEL = { quiet: 'warn', normal: 'info', verbose: 'debug' } as const satisfies Record<Loudness, string>

/** One JSON document per line, with its time (UTC) and level by name. Foreign text must have passed `safe`. */
export function createLogger(destination: { write: (line: string) => void }, loudness: Loudness): Logger {
  return pino(
    {
      level: LEVEL[loudness],
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  )
}
