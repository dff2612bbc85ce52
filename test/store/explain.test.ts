import { expect, test } from 'vitest'
import { CRITICAL_QUERIES } from '../../src/store/upkeep/critical-queries.ts'
import { explained } from '../../src/store/upkeep/explain.ts'
import { Memory } from '../../src/store/memory.ts'
import { LATEST_VERSION, migrate } from '../../src/store/migrations.ts'
import { sqlUnder, statements } from './document.ts'

function emptyDatabase(): Memory {
  const memory = new Memory()
  migrate(memory, 0, LATEST_VERSION, '2025-09-16 10:00:00')
  return memory
}

/** 20,000 tasks in 25 batches, as they are after maintenance. */
function analysed(): Memory {
  const memory = emptyDatabase()
  memory.script(`
    INSERT INTO execution_batches (batch_id, month_year, execution_number, started_at, status)
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 24)
    SELECT 'b' || i, 'Sep25', i, datetime('2025-01-01', '+' || (i * 15) || ' days'), iif(i = 24, 'running', 'completed')
    FROM n;
    INSERT INTO scraping_tasks
      (scraper_name, website, city, operation, product, url, order_num, status, execution_batch, variant, created_at)
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 19999)
    SELECT 's' || (i % 6), 'w' || (i % 6), 'Gdl', 'Ven', 'Dep', 'u', i,
      CASE i % 20 WHEN 0 THEN 'permanently_failed' WHEN 1 THEN 'failed' ELSE 'completed' END,
      'b' || (i / 800), i, datetime('2025-01-01', '+' || (i / 800 * 15) || ' days')
    FROM n;
    UPDATE scraping_tasks SET status = 'running' WHERE id <= 6;
    ANALYZE`)
  return memory
}

const plain = (sql: string) =>
  sql.replaceAll(/--.*/g, '').replaceAll(/\s+/g, ' ').replaceAll('( ', '(').trim()

test('the critical queries are the document’s, and between them every index of the document is meant', () => {
  const own = CRITICAL_QUERIES.map(({ sql }) => plain(sql))
  const documents = ['Consultas Optimizadas Comunes', 'Query Analyzer'].flatMap(sqlUnder).flatMap(statements)
  const wanted = documents.map((sql) => plain(sql).replace('EXPLAIN QUERY PLAN ', ''))
  expect(wanted).toHaveLength(6)
  expect(own.slice(0, wanted.length)).toEqual(wanted)
  const indexes = sqlUnder('Índices Principales')
    .join('\n')
    .match(/idx_\w+/g)
  expect(indexes).toHaveLength(8)
  expect([...new Set(CRITICAL_QUERIES.flatMap((query) => query.indexes))].sort()).toEqual(indexes?.sort())
})

test('where the document names indexes, those are the ones', () => {
  const comments = sqlUnder('Consultas Optimizadas Comunes')
    .join('\n')
    .match(/\(usa .*\)/g)
  const named = comments?.map((comment) => comment.match(/idx_\w+/g)?.sort())
  expect(named).toEqual(CRITICAL_QUERIES.slice(0, 4).map(({ indexes }) => [...indexes].sort()))
})

test.each([
  ['as it is made', emptyDatabase],
  ['large and analysed', analysed],
])('each is answered with an index that is meant for it: a database %s', (_, make) => {
  const memory = make()
  for (const { name, plan, used } of explained(memory))
    expect({ name, plan, used: used.length > 0 }).toEqual({ name, plan, used: true })
  memory.close()
})

test('an index that is not there is not used', () => {
  const memory = emptyDatabase()
  memory.script('DROP INDEX idx_batch_progress')
  const missed = explained(memory).filter(({ used }) => used.length === 0)
  expect(missed.map(({ name }) => name)).toEqual(['progress of a batch', 'what a batch completed'])
  memory.close()
})
