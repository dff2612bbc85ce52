import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { ZafraError } from '../domain/error.ts'
import type { Memory } from './memory.ts'

/** "Zafr": says in the file's header whose it is. */
const APPLICATION_ID = 0x5a616672

/** The schema document's own migrations. They only add what is missing, so they may run again. */
const LAST_OF_DOCUMENT = 3

export interface Migration {
  version: number
  /** `performance indexes` */
  description: string
  sql: string
}

const FOLDER = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url))

/** All that this Zafra knows, in order. */
export const MIGRATIONS: readonly Migration[] = await readMigrations()

export const LATEST_VERSION = MIGRATIONS.at(-1)?.version ?? 0

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => ({
      version: Number.parseInt(name, 10),
      description: name.slice(4, -4).replaceAll('_', ' '),
      sql: await readFile(join(FOLDER, name), 'utf8'),
    })),
  )
}

/**
 * The schema version of a database: 0 for one that holds nothing, or the document's tables without a version.
 * @throws ZafraError `database` for one that is newer than this Zafra or that belongs to something else
 */
export function schemaVersion(memory: Memory, path: string): number {
  const { application_id } = pragma<{ application_id: number }>(memory, 'application_id')
  const tables = memory.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
  const known = tables.some(({ name }) => ['schema_migrations', 'scraping_tasks'].includes(name))
  if ((application_id !== 0 && application_id !== APPLICATION_ID) || (tables.length > 0 && !known)) {
    throw new ZafraError(
      'database',
      `${path} is the database of another program; name another file under database.path in zafra.yaml`,
    )
  }
  const version = recordedVersion(memory)
  if (version > LATEST_VERSION) {
    throw new ZafraError(
      'database',
      `${path} was written by a newer Zafra (schema ${version}; this one knows ${LATEST_VERSION}) and was left as it is; ` +
        'install the newer Zafra, or restore a backup made before the upgrade',
    )
  }
  return version
}

function recordedVersion(memory: Memory): number {
  const { user_version } = pragma<{ user_version: number }>(memory, 'user_version')
  const table = memory.all("SELECT name FROM sqlite_schema WHERE name = 'schema_migrations'")
  if (table.length === 0) return user_version
  const [row] = memory.all<{ version: number | null }>(
    'SELECT max(version) AS version FROM schema_migrations',
  )
  return Math.max(user_version, row?.version ?? 0)
}

/**
 * Brings the database from version `from` to `to`, each migration with its version row in one transaction.
 * @param now UTC as `sqlTime`
 */
export function migrate(memory: Memory, from: number, to: number, now: string): void {
  // A document database may say 3 and lack a column or an index: its scripts commit statement by statement.
  const first = from <= LAST_OF_DOCUMENT ? 1 : from + 1
  const pending = MIGRATIONS.filter(({ version }) => version >= first && version <= to)
  // Tables are replaced under their own names: neither the references to them nor a person's views may object.
  memory.script('PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON')
  for (const migration of pending) memory.transaction(() => apply(memory, migration, from, now))
  memory.script('PRAGMA legacy_alter_table = OFF; PRAGMA foreign_keys = ON')
}

function apply(memory: Memory, { version, sql }: Migration, from: number, now: string): void {
  memory.script(withoutKnownColumns(memory, sql))
  if (version > from) {
    memory.run('UPDATE schema_migrations SET applied_at = ? WHERE version = ?', [now, version])
  }
  // Before the constraints a reference may lead nowhere; they mend it.
  const [broken] =
    version <= LAST_OF_DOCUMENT ? [] : memory.all<{ table: string }>('PRAGMA foreign_key_check')
  if (broken)
    throw new ZafraError('internal', `migration ${version} left a broken reference in ${broken.table}`)
  memory.script(`PRAGMA user_version = ${version}; PRAGMA application_id = ${APPLICATION_ID}`)
}

/** SQLite has no ADD COLUMN IF NOT EXISTS, and the document asks for it ("Agregar campos si no existen"). */
function withoutKnownColumns(memory: Memory, sql: string): string {
  return sql.replaceAll(
    /ALTER TABLE (\w+) ADD COLUMN (\w+)[^;]*;/g,
    (statement, table: string, column: string) =>
      memory.all('SELECT name FROM pragma_table_info(?) WHERE name = ?', [table, column]).length > 0
        ? ''
        : statement,
  )
}

function pragma<Row>(memory: Memory, name: keyof Row & string): Row {
  const [row] = memory.all<Row>(`PRAGMA ${name}`)
  if (!row) throw new ZafraError('internal', `PRAGMA ${name} answered nothing`)
  return row
}
