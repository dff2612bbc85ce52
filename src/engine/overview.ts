import { parseSqlTime, sqlTime } from '../domain/clock.ts'
import type { Batch } from '../domain/batch.ts'
import type { Alert, BatchView, Overview, RunningTask, SiteView, StatusCounts } from '../domain/query.ts'
import { ZafraError } from '../domain/error.ts'
import type { Pause, Reads, SiteCounts } from '../domain/store.ts'
import { TASK_STATUSES } from '../domain/task.ts'
import type { Pace } from './pace.ts'
import { nextSlot } from './schedule-view.ts'
import { ALL, isPaused } from './site-pause.ts'
import type { ViewParts } from './views.ts'

const RECENT_ERRORS = 20

/** What only the process that does the work can know. */
export interface Now {
  seq: number
  engine: Overview['engine']
  running: readonly RunningTask[]
  alerts: readonly Alert[]
  pauses: ReadonlyMap<string, Pause>
  pace: Pace
}

/** Costs as much as there are sites and running tasks, however many tasks the batch has. */
export async function overview(parts: ViewParts, now: Now, batch_id?: string): Promise<Overview> {
  const { reads } = parts
  const batch = await batchInView(reads, batch_id)
  const sites = batch ? await reads.siteCounts(batch.batch_id) : []
  return {
    seq: now.seq,
    engine: now.engine,
    batch: batch ? batchView(parts, now, batch, sites) : null,
    sites: sites.map((site) => siteView(parts, now, site)),
    running: [...now.running],
    recent_errors: batch ? await reads.recentErrors(batch.batch_id, RECENT_ERRORS) : [],
    error_groups: [],
    next_slot: await nextSlot(parts),
    alerts: [...now.alerts, ...pauseAlerts(parts, now)],
  }
}

async function batchInView(reads: Reads, batch_id?: string): Promise<Batch | undefined> {
  if (batch_id === undefined) return (await reads.openBatches()).at(-1) ?? reads.latestBatch()
  const named = await reads.batch(batch_id)
  if (!named) throw new ZafraError('not_found', `there is no batch ${batch_id}; zafra batches lists them`)
  return named
}

function batchView(parts: ViewParts, now: Now, batch: Batch, sites: readonly SiteCounts[]): BatchView {
  const end = batch.completed_at === null ? parts.clock.now() : parseSqlTime(batch.completed_at)
  const work = sites.map(({ website, counts }) => ({
    site: website,
    counts,
    perSite: perSite(parts, website),
  }))
  return {
    ...batch,
    counts: total(sites),
    rows: sites.reduce((sum, site) => sum + site.rows, 0),
    elapsed_s: Math.max((end.getTime() - parseSqlTime(batch.started_at).getTime()) / 1000, 0),
    eta_s: batch.status === 'running' ? now.pace.batchEta(work, parts.config.execution.max_parallel) : null,
    eta_spread_s: null,
    eta_from: null,
    previous: null,
  }
}

function siteView(parts: ViewParts, now: Now, { website, counts, rows }: SiteCounts): SiteView {
  const at = sqlTime(parts.clock.now())
  const pause = now.pauses.get(website)
  const paused = isPaused(now.pauses, website, at)
  const left = counts.pending + counts.running + counts.retrying
  return {
    site: website,
    name: parts.config.sites[website]?.name ?? website,
    counts,
    rows,
    eta_s: now.pace.siteEta(website, counts, perSite(parts, website)),
    state: paused ? 'paused' : counts.running > 0 ? 'running' : left === 0 ? 'done' : 'waiting',
    note: paused && pause ? pauseText(pause) : waitingText(counts),
  }
}

function waitingText(counts: StatusCounts): string | null {
  return counts.running === 0 && counts.pending === 0 && counts.retrying > 0 ? 'waits for a retry' : null
}

function pauseText(pause: Pause): string {
  return pause.until === null ? pause.reason : `${pause.reason}; goes on at ${pause.until} UTC`
}

function pauseAlerts(parts: ViewParts, now: Now): Alert[] {
  const at = sqlTime(parts.clock.now())
  return [...now.pauses.values()]
    .filter((pause) => isPaused(now.pauses, pause.scope, at))
    .map((pause) => ({
      code: 'paused',
      message: `${pause.scope === ALL ? 'everything' : pause.scope} is paused: ${pauseText(pause)}`,
    }))
}

function perSite(parts: ViewParts, site: string): number {
  return parts.config.sites[site]?.per_site ?? parts.config.execution.per_site
}

function total(sites: readonly SiteCounts[]): StatusCounts {
  const counts = Object.fromEntries(
    TASK_STATUSES.map((status) => [status, sites.reduce((sum, site) => sum + site.counts[status], 0)]),
  )
  return counts as StatusCounts
}
