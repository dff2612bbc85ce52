import { type Expression, type Kysely, sql } from 'kysely'
import type { DiffPair, SiteDiff } from '../../domain/diff.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import { jsonField, minutesBetween } from '../dialect.ts'
import type { Tables } from '../tables.ts'
import { chosen } from './filter.ts'

const COMBINATION = ['scraper_name', 'website', 'city', 'operation', 'product', 'variant'] as const

/**
 * The main tasks of both batches side by side, in the order of their codes; those of which the filter chooses either,
 * as an address may differ from batch to batch.
 */
export async function diffPairs(
  db: Kysely<Tables>,
  from: string,
  to: string,
  filter: TaskFilter,
): Promise<DiffPair[]> {
  const pairs = new Map<string, DiffPair>()
  const wanted = new Set<string>()
  for (const [end, batch] of [['from', from] as const, ['to', to] as const]) {
    for (const { output_path, status, whole, fits, ...combination } of await lists(db, batch, filter)) {
      const key = COMBINATION.map((name) => combination[name]).join('/')
      const pair = pairs.get(key) ?? { ...combination, from: null, to: null }
      pairs.set(key, pair)
      if (fits === 1) wanted.add(key)
      if (status === 'completed') pair[end] = { output_path: output_path ?? '', complete: whole === 1 }
    }
  }
  const order = new Intl.Collator('en', { numeric: true }).compare
  return [...pairs]
    .filter(([key]) => wanted.has(key))
    .toSorted(([one], [other]) => order(one, other))
    .map(([, pair]) => pair)
}

/** `whole`: the scraper did not say that there is more, and the checks do not doubt what there is. */
function lists(db: Kysely<Tables>, batch: string, filter: TaskFilter) {
  return db
    .selectFrom('scraping_tasks')
    .select([...COMBINATION, 'output_path', 'status'])
    .select((eb) =>
      eb.fn
        .coalesce(
          eb
            .selectFrom('task_attempts as attempt')
            .select((attempt) => isWhole(attempt.ref('attempt.facts')).as('whole'))
            .whereRef('attempt.task_id', '=', 'scraping_tasks.id')
            .where('attempt.outcome', '=', 'completed'),
          // An older program's: nothing speaks against it.
          eb.lit(1),
        )
        .as('whole'),
    )
    .select(sql<number>`${chosen(filter)}`.as('fits'))
    .where('execution_batch', '=', batch)
    .where('depends_on', 'is', null)
    .execute()
}

function isWhole(facts: Expression<string | null>) {
  return sql<number>`coalesce(${jsonField(facts, 'complete')}, 1) <> 0
    AND (coalesce(attempt.verdict, 'ok') = 'ok' OR attempt.accepted_at IS NOT NULL)`
}

export async function onlyUrls(
  db: Kysely<Tables>,
  batch: string,
  other: string,
  filter: TaskFilter,
  limit: number,
): Promise<{ count: number; urls: string[] }> {
  const only = db
    .selectFrom('scraping_tasks')
    .where(chosen({ ...filter, batch }))
    .where('depends_on', 'is', null)
    .where('url', 'not in', (eb) =>
      eb
        .selectFrom('scraping_tasks as theirs')
        .select('theirs.url')
        .where('theirs.execution_batch', '=', other)
        .where('theirs.depends_on', 'is', null),
    )
  const { count } = await only
    .select((eb) => eb.fn.count<number>('url').distinct().as('count'))
    .executeTakeFirstOrThrow()
  const rows = await only
    .select((eb) => ['url', eb.fn.min('id').as('first')])
    .groupBy('url')
    .orderBy('first')
    .limit(limit)
    .execute()
  return { count, urls: rows.map(({ url }) => url) }
}

export function siteDurations(
  db: Kysely<Tables>,
  from: string,
  to: string,
): Promise<Omit<SiteDiff, 'slower'>[]> {
  return db
    .selectFrom('scraping_tasks as old')
    .innerJoin('scraping_tasks as young', (join) =>
      COMBINATION.reduce((on, name) => on.onRef(`young.${name}`, '=', `old.${name}`), join).on(
        'young.execution_batch',
        '=',
        to,
      ),
    )
    .select((eb) => [
      'old.website',
      eb.fn.countAll<number>().as('tasks'),
      eb.fn.sum<number>(minutesBetween(eb.ref('old.started_at'), eb.ref('old.completed_at'))).as('before'),
      eb.fn.sum<number>(minutesBetween(eb.ref('young.started_at'), eb.ref('young.completed_at'))).as('after'),
    ])
    .where('old.execution_batch', '=', from)
    .where('old.status', '=', 'completed')
    .where('young.status', '=', 'completed')
    .where('old.started_at', 'is not', null)
    .where('young.started_at', 'is not', null)
    .groupBy('old.website')
    .orderBy('old.website')
    .execute()
}
