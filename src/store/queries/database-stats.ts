import { type Kysely, sql } from 'kysely'
import type { DatabaseStats } from '../../domain/stats.ts'
import type { Tables } from '../tables.ts'

/** The document's metrics; its tables and indexes count SQLite's own as well, as the document does. */
export async function databaseStats(db: Kysely<Tables>): Promise<DatabaseStats> {
  const { size_bytes } = await db
    .selectFrom([
      sql<{ page_count: number }>`pragma_page_count()`.as('pages'),
      sql<{ page_size: number }>`pragma_page_size()`.as('size'),
    ])
    .select(sql<number>`page_count * page_size`.as('size_bytes'))
    .executeTakeFirstOrThrow()
  return {
    size_bytes,
    tables: await schemaCount(db, 'table'),
    indexes: await schemaCount(db, 'index'),
    execution_batches: await rowCount(db, 'execution_batches'),
    scraping_tasks: await rowCount(db, 'scraping_tasks'),
  }
}

async function schemaCount(db: Kysely<Tables>, type: 'table' | 'index'): Promise<number> {
  const { count } = await db
    .selectFrom(sql<{ type: string }>`sqlite_schema`.as('schema'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('type', '=', type)
    .executeTakeFirstOrThrow()
  return count
}

async function rowCount(db: Kysely<Tables>, table: 'execution_batches' | 'scraping_tasks'): Promise<number> {
  const { count } = await db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
