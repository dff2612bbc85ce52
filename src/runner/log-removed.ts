import { appendFile, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { PrunedLogs } from '../domain/logs.ts'

/** In a batch's folder of logs: a line of JSON for each time that retention removed some of them. */
export const RECORD = 'removed.jsonl'

export interface Removal {
  /** UTC, milliseconds, ISO 8601. */
  at: string
  rule: PrunedLogs['rule']
  /** File names. */
  logs: string[]
}

/** Before the files go: what is gone without a record would look like a loss. */
export async function recordRemoval(folder: string, removal: Removal): Promise<void> {
  await appendFile(join(folder, RECORD), `${JSON.stringify(removal)}\n`, { mode: 0o600 })
}

/** The removal that the log at `path` fell to; undefined where none is known. */
export async function removalOf(path: string): Promise<Removal | undefined> {
  const record = await readFile(join(dirname(path), RECORD), 'utf8').catch(() => '')
  const name = basename(path)
  return record
    .split('\n')
    .filter((line) => line.includes(`"${name}"`))
    .map(parsed)
    .findLast((removal) => removal?.logs.includes(name))
}

/** A power cut can leave half a line. */
function parsed(line: string): Removal | undefined {
  try {
    return JSON.parse(line) as Removal
  } catch {
    return undefined
  }
}
