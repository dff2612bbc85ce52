import { safe, safeJson } from '../../domain/safe.ts'
import { csvRows } from '../../csv/write.ts'
import type { LogRow } from './rows.ts'

export const FORMATS = ['jsonl', 'csv', 'txt'] as const
export type Format = (typeof FORMATS)[number]

export const COLUMNS = ['at', 'batch_id', 'task_id', 'attempt', 'stream', 'text'] as const

export interface Writing {
  /** What stands before the first row. */
  head: string
  rows: (rows: readonly LogRow[]) => string
}

/** How rows are written. @param terminal where they go to one, which must not act on them */
export function writing(format: Format, terminal: boolean): Writing {
  switch (format) {
    case 'jsonl':
      return { head: '', rows: (rows) => rows.map((row) => `${safeJson(row)}\n`).join('') }
    case 'csv':
      return {
        head: csvRows([COLUMNS], terminal),
        rows: (rows) =>
          rows.length === 0
            ? ''
            : csvRows(
                rows.map((row) => COLUMNS.map((name) => row[name])),
                terminal,
              ),
      }
    case 'txt':
      return { head: '', rows: (rows) => rows.map((row) => `${textRow(row, terminal)}\n`).join('') }
  }
}

/** A row as one line without anything a terminal would act on. @param text another one than the row's, if any */
export function textRow(row: LogRow, terminal: boolean, text = safe(row.text)): string {
  const { at, batch_id, task_id, attempt, stream } = row
  // Batches of a foreign database may be called anything.
  const cells = [at, safe(batch_id), String(task_id), String(attempt), stream, text]
  return terminal ? aligned(cells).join('  ') : cells.join('\t')
}

const WIDTHS = [24, 8, 5, 1, 5]

function aligned(cells: readonly string[]): string[] {
  return cells.map((cell, at) => cell.padEnd(WIDTHS[at] ?? 0))
}
