import { execFileSync } from 'node:child_process'
import { DatabaseSync } from 'node:sqlite'

export type Row = Record<string, unknown>

const hasProgram = (() => {
  try {
    execFileSync('sqlite3', ['-version'])
    return true
  } catch {
    return false
  }
})()

/** Runs one query on the file at `path` with the `sqlite3` program, or with Node's SQLite where there is none. */
export function sqlite3(path: string, query: string): Row[] {
  if (hasProgram) {
    const output = execFileSync('sqlite3', ['-readonly', '-json', path], {
      input: query,
      encoding: 'utf8',
    })
    return output === '' ? [] : (JSON.parse(output) as Row[])
  }
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    return database.prepare(query).all()
  } finally {
    database.close()
  }
}
