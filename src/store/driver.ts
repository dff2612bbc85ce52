import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { ZafraError } from '../domain/error.ts'
import type { Statement } from './disk/journal-record.ts'
import type { Memory, SqlValue } from './memory.ts'
import type { Tables } from './tables.ts'

/**
 * Kysely over the database in memory. A transaction is committed when `journal` has made its statements
 * durable, and undone where that fails; without a journal nothing can be written. Kysely lets one query or
 * transaction at a time to the connection, so a read never sees what may still be undone.
 */
export function openKysely(
  memory: Memory,
  journal?: (statements: readonly Statement[]) => Promise<void>,
): Kysely<Tables> {
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqlJsDriver(memory, journal),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
  return new Kysely<Tables>({ dialect })
}

class SqlJsDriver implements Driver {
  readonly #memory: Memory
  readonly #journal: ((statements: readonly Statement[]) => Promise<void>) | undefined
  /** What the open transaction has written so far. */
  #statements: Statement[] | undefined
  /** How many of them stood before each open savepoint. */
  #savepoints: number[] = []

  constructor(memory: Memory, journal?: (statements: readonly Statement[]) => Promise<void>) {
    this.#memory = memory
    this.#journal = journal
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return {
      executeQuery: async <Row>(query: CompiledQuery) => this.#execute<Row>(query),
      streamQuery() {
        throw new ZafraError('internal', 'queries are not streamed')
      },
    }
  }

  async beginTransaction(): Promise<void> {
    this.#memory.script('BEGIN')
    this.#statements = []
    this.#savepoints = []
  }

  async commitTransaction(): Promise<void> {
    if (this.#statements?.length) await this.#journal?.(this.#statements)
    this.#memory.script('COMMIT')
    this.#statements = undefined
  }

  async rollbackTransaction(): Promise<void> {
    this.#memory.script('ROLLBACK')
    this.#statements = undefined
  }

  async savepoint(_: DatabaseConnection, name: string): Promise<void> {
    this.#memory.script(`SAVEPOINT ${name}`)
    this.#savepoints.push(this.#statements?.length ?? 0)
  }

  async rollbackToSavepoint(_: DatabaseConnection, name: string): Promise<void> {
    this.#memory.script(`ROLLBACK TO ${name}`)
    this.#statements?.splice(this.#savepoints.at(-1) ?? 0)
  }

  async releaseSavepoint(_: DatabaseConnection, name: string): Promise<void> {
    this.#memory.script(`RELEASE ${name}`)
    this.#savepoints.pop()
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#memory.close()
  }

  #execute<Row>({ sql, parameters, query }: CompiledQuery): QueryResult<Row> {
    const values = parameters.map(sqlValue)
    if (SelectQueryNode.is(query)) return { rows: this.#memory.all<Row>(sql, values) }
    if (!this.#statements || !this.#journal) {
      throw new ZafraError('internal', `a write outside a transaction would not be durable: ${sql}`)
    }
    const changed = this.#memory.run(sql, values)
    this.#statements.push([sql, values])
    return { rows: [], numAffectedRows: BigInt(changed) }
  }
}

/** Exactly what the journal gives back, so that a replay writes the same. */
function sqlValue(value: unknown): SqlValue {
  if (value === null || typeof value === 'string') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new ZafraError('internal', `a value of type ${typeof value} cannot be stored`)
}
