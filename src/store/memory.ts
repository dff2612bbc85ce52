import initSqlJs, { type Database, type SqlValue, type Statement } from 'sql.js'

export type { SqlValue }

const sqlJs = await initSqlJs()

/** Enough for every statement of the store in all its shapes; the oldest goes first. */
const PREPARED_MAX = 200

/**
 * There is no file behind it and no other connection: SQLite need neither write its own journal, nor sync, nor
 * look whether somebody changed the file. The cache (64 MB at most) spares it copying pages about.
 */
const SETTINGS = `
  PRAGMA foreign_keys = ON;
  PRAGMA journal_mode = MEMORY;
  PRAGMA synchronous = OFF;
  PRAGMA temp_store = MEMORY;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA cache_size = -64000;
`

/** The database in memory: sql.js with its statements kept prepared. Every call is synchronous. */
export class Memory {
  readonly #database: Database
  readonly #prepared = new Map<string, Statement>()

  /** @param bytes a database file; none: an empty database */
  constructor(bytes?: Uint8Array) {
    this.#database = new sqlJs.Database(bytes)
    this.#database.exec(SETTINGS)
  }

  /** The rows of one statement, by column name. */
  all<Row>(sql: string, parameters: readonly SqlValue[] = []): Row[] {
    const { columns, rows } = this.read(sql, parameters)
    return rows.map((values) => Object.fromEntries(columns.map((column, at) => [column, values[at]])) as Row)
  }

  /** The columns of one statement, in its order, and its rows. */
  read(sql: string, parameters: readonly SqlValue[] = []): { columns: string[]; rows: SqlValue[][] } {
    const statement = this.#prepare(sql)
    try {
      statement.bind([...parameters])
      const columns = statement.getColumnNames()
      const rows: SqlValue[][] = []
      while (statement.step()) rows.push(statement.get())
      return { columns, rows }
    } finally {
      statement.reset()
    }
  }

  /** What stands in `sql` after its first statement, which is all that the methods here run of it. */
  restOf(sql: string): string {
    return sql.slice(this.#prepare(sql).getSQL().length)
  }

  /** Runs one statement. Returns how many rows it changed, without those that triggers changed. */
  run(sql: string, parameters: readonly SqlValue[] = []): number {
    const statement = this.#prepare(sql)
    try {
      statement.run([...parameters])
    } finally {
      statement.reset()
    }
    return this.#database.getRowsModified()
  }

  /** Runs statements without parameters, one after the other. */
  script(sql: string): void {
    this.#database.exec(sql)
  }

  /** Runs `work` as one transaction. */
  transaction(work: () => void): void {
    this.script('BEGIN')
    try {
      work()
      this.script('COMMIT')
    } catch (error) {
      this.script('ROLLBACK')
      throw error
    }
  }

  /** The whole database as the bytes of its file. Not inside a transaction. */
  export(): Uint8Array {
    return this.#database.export()
  }

  close(): void {
    this.#prepared.clear()
    this.#database.close()
  }

  #prepare(sql: string): Statement {
    const known = this.#prepared.get(sql)
    if (known) return known
    const [oldest] = this.#prepared
    if (oldest && this.#prepared.size >= PREPARED_MAX) {
      oldest[1].free()
      this.#prepared.delete(oldest[0])
    }
    const statement = this.#database.prepare(sql)
    this.#prepared.set(sql, statement)
    return statement
  }
}
