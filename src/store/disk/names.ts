import { basename, dirname, join, parse } from 'node:path'

/**
 * The files beside the database. None ends in `-journal` or `-wal`: SQLite would take it for its own.
 * For `orchestrator.db`: `orchestrator.db.prev`, `orchestrator.db.new`, `orchestrator.journal.7`.
 */
export interface Names {
  folder: string
  snapshot: string
  /** The snapshot before this one. */
  previous: string
  /** A snapshot that is being written. */
  unfinished: string
  /** The next `previous`, until it takes its name. */
  nextPrevious: string
  journal(generation: number): string
  /** The generation of a name in the folder, if it is a journal's. */
  generation(name: string): number | undefined
}

export function namesBeside(path: string): Names {
  const journal = `${parse(path).name}.journal.`
  return {
    folder: dirname(path),
    snapshot: path,
    previous: `${path}.prev`,
    unfinished: `${path}.new`,
    nextPrevious: `${path}.prev.new`,
    journal: (generation) => join(dirname(path), `${journal}${generation}`),
    generation(name) {
      const number = name.startsWith(journal) ? name.slice(journal.length) : ''
      return /^\d{1,15}$/.test(number) ? Number(number) : undefined
    },
  }
}

/** `20251124_054400_123`, UTC: the form of the schema document's backup names, with milliseconds. */
export function nameStamp(date: Date): string {
  return date.toISOString().slice(0, 23).replaceAll(/[-:]/g, '').replaceAll(/[T.]/g, '_')
}

export function nameOf(path: string): string {
  return basename(path)
}
