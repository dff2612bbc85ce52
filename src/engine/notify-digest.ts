import type { Batch, BatchPatch } from '../domain/batch.ts'
import { parseSqlTime, sqlTime } from '../domain/clock.ts'
import type { Digest, DigestFailure } from '../domain/digest.ts'
import { errorKey } from '../domain/error-group.ts'
import type { StatusCounts } from '../domain/query.ts'
import type { Change, SiteCounts } from '../domain/store.ts'
import { allowedFrom } from '../domain/task.ts'
import type { Core } from './core.ts'
import { listedChunks } from './list/listed-chunks.ts'
import { cutMessage, isWanted, tell } from './notify.ts'
import { totalCounts, totalOutputs } from './overview.ts'

const SITES = 30
const GROUPS = 10
const SITES_OF_GROUP = 10
const LONGEST = 5
const MENDED = 20

/** What the end of a batch is to tell, to be written in the commit that ends it. Inside the turn. */
export async function tellOfBatchEnd(core: Core, batch: Batch, set: BatchPatch): Promise<Change[]> {
  const changes: Change[] = []
  if (isWanted(core, 'batch_ended')) {
    changes.push(...tell(core, { event: 'batch_ended', digest: await digestOf(core, { ...batch, ...set }) }))
  }
  if (isWanted(core, 'recovered')) {
    const { total, tasks } = await core.store.mendedTasks(batch.batch_id, MENDED)
    const of = { what: 'tasks', batch_id: batch.batch_id, total, tasks } as const
    if (total > 0) changes.push(...tell(core, { event: 'recovered', of }))
  }
  return changes
}

/** Costs as much as there are tasks that failed for good, and one look-up of the longest; once per batch. */
async function digestOf(core: Core, batch: Batch): Promise<Digest> {
  const { store, clock } = core
  const ended_at = batch.completed_at ?? sqlTime(clock.now())
  const sites = (await store.siteCounts(batch.batch_id)).map((site) => ({
    ...site,
    counts: batch.status === 'cancelled' ? asCancelled(site.counts) : site.counts,
  }))
  return {
    batch_id: batch.batch_id,
    status: batch.status,
    started_at: batch.started_at,
    ended_at,
    seconds: secondsBetween(batch.started_at, ended_at),
    total_tasks: batch.total_tasks,
    counts: totalCounts(sites),
    recovered: (await core.failures.of(batch.batch_id)).fates().recovered,
    rows: sites.reduce((sum, { rows }) => sum + rows, 0),
    previous: await previousOf(core, batch),
    absent_sites: await store.absentSites(batch.batch_id),
    sites: worstFirst(sites).slice(0, SITES),
    ...(await failuresOf(core, batch.batch_id)),
    longest: await store.longestTasks(batch.batch_id, LONGEST),
    suspect: sites.flatMap(({ website, outputs: { suspect } }) =>
      suspect > 0 ? [{ site: website, suspect }] : [],
    ),
    incomplete: totalOutputs(sites).incomplete,
    findings: [],
    diff: [],
  }
}

/** The batch is cancelled and its tasks are about to be: what still runs is being stopped. */
function asCancelled(counts: StatusCounts): StatusCounts {
  const after = { ...counts }
  for (const status of allowedFrom('cancel')) {
    after.cancelled += after[status]
    after[status] = 0
  }
  return after
}

async function previousOf({ store }: Core, batch: Batch): Promise<Digest['previous']> {
  const previous = await store.completedBefore(batch.started_at)
  if (!previous) return null
  const { batch_id, started_at, completed_at, completed_tasks } = previous
  return {
    batch_id,
    seconds: completed_at === null ? null : secondsBetween(started_at, completed_at),
    rows: (await store.batchRows([batch_id])).get(batch_id) ?? 0,
    completed_tasks,
  }
}

function worstFirst(sites: readonly SiteCounts[]): Digest['sites'] {
  return sites
    .map(({ website, counts, rows }) => {
      const failed = counts.permanently_failed + counts.failed
      const { completed, skipped } = counts
      return { site: website, completed, failed, skipped, rows }
    })
    .toSorted((one, other) => other.failed - one.failed || (one.site < other.site ? -1 : 1))
}

async function failuresOf(
  { store }: Core,
  batch: string,
): Promise<Pick<Digest, 'failures' | 'further_failures'>> {
  const groups = new Map<string, Omit<DigestFailure, 'sites'> & { sites: Set<string> }>()
  const filter = { batch, status: ['permanently_failed'] } as const
  for await (const tasks of listedChunks(store, filter)) {
    for (const { id, website, error_class, error_message } of tasks) {
      const key = errorKey(error_class ?? 'internal', error_message ?? '')
      const group = groups.get(key)
      if (group) {
        group.tasks += 1
        group.sites.add(website)
        continue
      }
      const message = cutMessage(error_message ?? '')
      const sites = new Set([website])
      groups.set(key, { error_class: error_class ?? 'internal', message, tasks: 1, sites, task_id: id })
    }
  }
  const sorted = [...groups.values()].toSorted((one, other) => other.tasks - one.tasks)
  return {
    failures: sorted
      .slice(0, GROUPS)
      .map((group) => ({ ...group, sites: [...group.sites].toSorted().slice(0, SITES_OF_GROUP) })),
    further_failures: sorted.slice(GROUPS).reduce((sum, { tasks }) => sum + tasks, 0),
  }
}

function secondsBetween(from: string, to: string): number {
  return Math.max((parseSqlTime(to).getTime() - parseSqlTime(from).getTime()) / 1000, 0)
}
