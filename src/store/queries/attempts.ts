import { type Kysely, sql } from 'kysely'
import type { Attempt } from '../../domain/attempt.ts'
import type { RecentError } from '../../domain/query.ts'
import type { Failure } from '../../domain/store.ts'
import type { AttemptRow, Tables } from '../tables.ts'
import { parseFacts } from './facts.ts'

const COLUMNS = [
  'task_id',
  'number',
  'tag',
  'started_at',
  'ended_at',
  'outcome',
  'exit_code',
  'signal',
  'error_class',
  'error_message',
  'error_url',
  'http_status',
  'rows',
  'file_size_bytes',
  'metrics',
  'log_path',
  'peak_cpu_percent',
  'peak_memory_bytes',
  'verdict',
  'findings',
  'facts',
  'accepted_at',
] as const satisfies readonly (keyof Attempt)[]

function asAttempt({
  metrics,
  findings,
  facts,
  ...rest
}: Omit<AttemptRow, 'execution_batch' | 'error_key'>): Attempt {
  return {
    ...rest,
    metrics: JSON.parse(metrics) as Attempt['metrics'],
    findings: JSON.parse(findings) as Attempt['findings'],
    facts: facts === null ? null : parseFacts(facts),
  }
}

/** The attempts of a task, in the order of their numbers. */
export async function attempts(db: Kysely<Tables>, task_id: number): Promise<Attempt[]> {
  const rows = await ofTask(db, task_id).orderBy('number').execute()
  return rows.map(asAttempt)
}

export async function lastAttempt(db: Kysely<Tables>, task_id: number): Promise<Attempt | undefined> {
  const row = await ofTask(db, task_id).orderBy('number', 'desc').limit(1).executeTakeFirst()
  return row && asAttempt(row)
}

export async function openAttempts(db: Kysely<Tables>): Promise<Attempt[]> {
  const rows = await db
    .selectFrom('task_attempts')
    .select(COLUMNS)
    .where('outcome', 'is', null)
    .orderBy('task_id')
    .orderBy('number')
    .execute()
  return rows.map(asAttempt)
}

export async function recentErrors(
  db: Kysely<Tables>,
  batch_id: string,
  limit: number,
): Promise<RecentError[]> {
  const rows = await failed(db, batch_id)
    .select([
      'attempt.task_id',
      'attempt.number as attempt',
      'task.scraper_name',
      'task.website',
      'task.city',
      'task.operation',
      'task.product',
      'task.status as task_status',
    ])
    .orderBy('attempt.ended_at', 'desc')
    .orderBy('attempt.task_id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(asFailed)
}

/** The page begins after a row's own place in the index: its end, its task, and its number among those. */
export async function failures(
  db: Kysely<Tables>,
  batch_id: string,
  { after, limit }: { after: Failure | undefined; limit: number },
): Promise<Failure[]> {
  const rows = await failed(db, batch_id)
    .select(['attempt.task_id', 'attempt.number', 'task.website', 'attempt.error_key as key'])
    .select('task.status as task_status')
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(attempt.ended_at, attempt.task_id, attempt.number) > (${after?.ended_at}, ${after?.task_id}, ${after?.number})`,
      ),
    )
    .orderBy('attempt.ended_at')
    .orderBy('attempt.task_id')
    .orderBy('attempt.number')
    .limit(limit)
    .execute()
  return rows.map(asFailed)
}

function ofTask(db: Kysely<Tables>, task_id: number) {
  return db.selectFrom('task_attempts').select(COLUMNS).where('task_id', '=', task_id)
}

/** What failed in a batch, and of which task. */
function failed(db: Kysely<Tables>, batch_id: string) {
  return db
    .selectFrom('task_attempts as attempt')
    .innerJoin('scraping_tasks as task', 'task.id', 'attempt.task_id')
    .select(['attempt.ended_at', 'attempt.error_class', 'attempt.error_message as message'])
    .where('attempt.execution_batch', '=', batch_id)
    .where('attempt.outcome', '=', sql.lit('failed' as const))
}

/** The columns allow null; an attempt that failed has all three. */
function asFailed<Row extends Pick<Attempt, 'ended_at' | 'error_class'> & { message: string | null }>(
  row: Row,
) {
  const { ended_at, error_class, message } = row
  return { ...row, ended_at: ended_at ?? '', error_class: error_class ?? 'internal', message: message ?? '' }
}
