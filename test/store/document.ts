import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

const DOCUMENT = readFileSync(new URL('../fixtures/schema/database-schema.md', import.meta.url), 'utf8')

/** The SQL blocks of the schema document under the heading that contains `heading`, down to its next equal. */
export function sqlUnder(heading: string): string[] {
  const lines = DOCUMENT.split('\n')
  const first = lines.findIndex((line) => /^#+ /.test(line) && line.includes(heading))
  if (first < 0) throw new Error(`the schema document has no heading "${heading}"`)
  const level = lines[first]?.search(/[^#]/) ?? 0
  const length = lines.slice(first + 1).findIndex((line) => new RegExp(`^#{1,${level}} `).test(line))
  const section = lines.slice(first + 1, length < 0 ? undefined : first + 1 + length).join('\n')
  return [...section.matchAll(/```sql\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
}

export function statements(block: string): string[] {
  return block
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement.replaceAll(/--.*/g, '').trim() !== '')
}

/** A database as the document's Python script leaves it at `version`. */
export function documentDatabase(path: string, version: 1 | 2 | 3): DatabaseSync {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false })
  database.exec(sqlUnder('Sistema de Versionado').join(''))
  const migrations = ['Migración 001', 'Migración 002', 'Migración 003'].slice(0, version)
  for (const migration of migrations) database.exec(sqlUnder(migration).join(''))
  return database
}

/** A database made from the document's CREATE statements, with no version table. */
export function createdDatabase(
  path: string,
  more: { indexes: readonly number[]; fields: boolean },
): DatabaseSync {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false })
  for (const table of ['Tabla: `execution_batches`', 'Tabla: `scraping_tasks`']) {
    database.exec(sqlUnder(table).join(''))
  }
  const indexes = sqlUnder('Índices Principales').flatMap(statements)
  for (const index of more.indexes) database.exec(indexes[index] ?? '')
  if (more.fields) {
    const fields = sqlUnder('Migración 003').flatMap(statements)
    database.exec(fields.filter((statement) => statement.includes('ALTER TABLE')).join(';'))
  }
  return database
}
