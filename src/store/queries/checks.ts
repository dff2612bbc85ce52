import { type Kysely, type RawBuilder, sql, type SqlBool } from 'kysely'
import { HISTORY_READ, type Doubt, type DoubtPage, type PastOutput } from '../../domain/check.ts'
import type { Finding, VerdictCounts } from '../../domain/check.ts'
import type { SuspectOutput } from '../../domain/suspect.ts'
import type { Combination } from '../../domain/codes.ts'
import { isOneOf, jsonField, minutesBetween } from '../dialect.ts'
import type { Tables } from '../tables.ts'
import { parseFacts } from './facts.ts'

// SQLite takes the partial index only where its condition stands in the statement itself.
const DOUBTFUL = sql<boolean>`attempt.verdict IN ('suspect', 'failed')`
// Only a task that failed is tried again, so what completed was delivered after all that was refused of it.
const MENDED = sql<number>`(attempt.verdict = 'failed' AND task.status = 'completed')`

/**
 * Whether the output of a completed attempt waits for the operator: nothing is built on it until it is accepted.
 * @param attempt what the query calls `task_attempts`; one that is missing is not in doubt
 */
export function isInDoubt(attempt: 'attempt' | 'task_attempts'): RawBuilder<SqlBool> {
  const [verdict, accepted_at] = [sql.ref(`${attempt}.verdict`), sql.ref(`${attempt}.accepted_at`)]
  return sql<SqlBool>`(coalesce(${verdict}, 'ok') = 'suspect' AND ${accepted_at} IS NULL)`
}

/**
 * Whether later outputs may be held against that of a completed attempt: it is not in doubt, and it holds all there
 * was, or as much of it as a limit allows, or the operator has accepted it as it is.
 */
function isSound(attempt: 'attempt'): RawBuilder<SqlBool> {
  const facts = sql.ref<string | null>(`${attempt}.facts`)
  return sql<SqlBool>`(NOT ${isInDoubt(attempt)} AND (coalesce(${jsonField(facts, 'complete')}, 1) <> 0
    OR ${jsonField(facts, 'stopped_by')} IS NOT NULL OR ${sql.ref(`${attempt}.accepted_at`)} IS NOT NULL))`
}

/**
 * The last sound outputs of the combination in batches before its own. Of what an older program did only the rows are
 * known, and 0 of them mean that it did not count.
 */
export async function pastOutputs(
  db: Kysely<Tables>,
  of: Combination & { execution_batch: string },
): Promise<PastOutput[]> {
  const rows = await db
    .selectFrom('scraping_tasks as task')
    .leftJoin('task_attempts as attempt', (join) =>
      join.onRef('attempt.task_id', '=', 'task.id').on('attempt.outcome', '=', 'completed'),
    )
    .select((eb) => [
      'task.data_records_extracted as rows',
      'task.output_path',
      'task.completed_at as at',
      'attempt.facts',
      minutesBetween(eb.ref('task.started_at'), eb.ref('task.completed_at')).as('minutes'),
    ])
    .where('task.scraper_name', '=', of.scraper_name)
    .where('task.website', '=', of.website)
    .where('task.city', '=', of.city)
    .where('task.operation', '=', of.operation)
    .where('task.product', '=', of.product)
    .where('task.variant', '=', of.variant)
    .where('task.status', '=', sql.lit('completed' as const))
    .where('task.id', '<', (eb) =>
      eb
        .selectFrom('scraping_tasks as own')
        .select((own) => own.fn.min('own.id').as('first'))
        .where('own.execution_batch', '=', of.execution_batch),
    )
    .where((eb) => eb.or([eb('attempt.facts', 'is not', null), eb('task.data_records_extracted', '>', 0)]))
    .where(isSound('attempt'))
    .orderBy('task.id', 'desc')
    .limit(HISTORY_READ)
    .execute()
  return rows.map(({ rows: counted, output_path, at, facts, minutes }) => {
    const from = { output_path: output_path ?? '', at }
    if (facts === null) {
      const seconds = minutes === null ? null : minutes * 60
      return {
        ...from,
        rows: counted,
        expected: null,
        stopped_by: null,
        coverage: {},
        seconds,
        profile: null,
      }
    }
    const { rows: accepted, expected, stopped_by, coverage, seconds, profile } = parseFacts(facts)
    return { ...from, rows: accepted, expected, stopped_by, coverage, seconds, profile }
  })
}

/** @param standing leaves out what a later attempt mended; the total counts it too */
export async function doubtful(
  db: Kysely<Tables>,
  batch_id: string,
  { offset, limit, standing = false }: DoubtPage,
): Promise<{ total: number; doubts: Doubt[] }> {
  const rows = await ofBatch(db, batch_id)
    .select([
      'attempt.task_id',
      'attempt.number as attempt',
      'attempt.verdict',
      'attempt.findings',
      'attempt.accepted_at',
      'task.scraper_name',
      'task.website',
      'task.city',
      'task.operation',
      'task.product',
      'task.variant',
      MENDED.as('mended'),
    ])
    .$if(standing, (query) => query.where(MENDED, '=', 0))
    .orderBy('attempt.task_id')
    .orderBy('attempt.number')
    .limit(limit)
    .offset(offset)
    .execute()
  const { total } = await ofBatch(db, batch_id)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const doubts = rows.map(({ verdict, findings, mended, ...rest }) => ({
    ...rest,
    mended: mended === 1,
    verdict: verdict ?? 'suspect',
    findings: JSON.parse(findings) as Finding[],
  }))
  return { total, doubts }
}

export async function suspects(db: Kysely<Tables>, ids: readonly number[]): Promise<SuspectOutput[]> {
  const rows = await db
    .selectFrom('scraping_tasks as task')
    .innerJoin('task_attempts as attempt', (join) =>
      join.onRef('attempt.task_id', '=', 'task.id').on('attempt.outcome', '=', 'completed'),
    )
    .select(['task.id as task_id', 'task.execution_batch as batch_id', 'task.website'])
    .select(['task.data_records_extracted as rows', 'attempt.findings'])
    .where((eb) => isOneOf(eb.ref('task.id'), ids))
    .where(isInDoubt('attempt'))
    .orderBy('task.id')
    .execute()
  return rows.map((row) => ({ ...row, findings: JSON.parse(row.findings) as Finding[] }))
}

/** From the counts that are kept, and the few that are doubtful. */
export async function verdictCounts(db: Kysely<Tables>, batch_id: string): Promise<VerdictCounts> {
  const groups = await ofBatch(db, batch_id)
    .select((eb) => [
      'attempt.verdict',
      eb('attempt.accepted_at', 'is', null).as('open'),
      MENDED.as('mended'),
      eb.fn.countAll<number>().as('attempts'),
    ])
    .groupBy(['attempt.verdict', 'open', 'mended'])
    .execute()
  const { completed } = await db
    .selectFrom('task_counts')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('tasks'), eb.lit(0)).as('completed'))
    .where('execution_batch', '=', batch_id)
    .where('status', '=', 'completed')
    .executeTakeFirstOrThrow()
  const of = (verdict: string, open: boolean, mended: number) =>
    groups.find(
      (group) => group.verdict === verdict && Boolean(group.open) === open && group.mended === mended,
    )?.attempts ?? 0
  return {
    completed,
    suspect: of('suspect', true, 0),
    accepted: of('suspect', false, 0),
    failed: of('failed', true, 0),
    mended: of('failed', true, 1),
  }
}

function ofBatch(db: Kysely<Tables>, batch_id: string) {
  return db
    .selectFrom('task_attempts as attempt')
    .innerJoin('scraping_tasks as task', 'task.id', 'attempt.task_id')
    .where('attempt.execution_batch', '=', batch_id)
    .where(DOUBTFUL)
}
