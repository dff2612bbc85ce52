import { parseSqlTime, sqlTime } from '../domain/clock.ts'
import { type OutputCounts } from '../domain/check.ts'
import { suspectText, type SuspectBatch } from '../domain/suspect.ts'
import type { Batch } from '../domain/batch.ts'
import type { Alert, BatchView, Overview, RunningTask, SiteView, StatusCounts } from '../domain/query.ts'
import type { Pause, Reads, SiteCounts, Wait } from '../domain/store.ts'
import { TASK_STATUSES } from '../domain/task.ts'
import type { Kept } from './kept.ts'
import { namedBatch } from './named.ts'
import type { Limits } from './outlook.ts'
import { perSite } from './per-site.ts'
import { nextSlot } from './schedule-view.ts'
import { ALL, isPaused } from './site-pause.ts'
import { waitOf } from './site-wait.ts'
import type { ViewParts } from './views.ts'

const RECENT_ERRORS = 20
/** Older ones are told of once these are looked at. */
const SUSPECT_BATCHES = 3
const LATEST_GROUPS = 20

/** What only the process that does the work can know. */
export interface Now {
  seq: number
  engine: Overview['engine']
  running: readonly RunningTask[]
  alerts: readonly Alert[]
  pauses: ReadonlyMap<string, Pause>
  waits: ReadonlyMap<string, Wait>
  /** Undefined where nobody works. */
  outlook: Kept['outlook'] | undefined
  /** Whoever listens to this engine. */
  clients: number
}

/** Costs as much as there are sites and running tasks, however many tasks the batch has. */
export async function overview(parts: ViewParts, now: Now, batch_id?: string): Promise<Overview> {
  const { reads } = parts
  const batch = await batchInView(reads, batch_id)
  const sites = batch ? await reads.siteCounts(batch.batch_id) : []
  return {
    seq: now.seq,
    engine: now.engine,
    batch: batch ? await batchView(parts, now, batch, sites) : null,
    sites: sites.map((site) => siteView(parts, now, site, batch)),
    running: [...now.running],
    recent_errors: batch ? await reads.recentErrors(batch.batch_id, RECENT_ERRORS) : [],
    error_groups: batch ? (await parts.failures.of(batch.batch_id)).groups().slice(0, LATEST_GROUPS) : [],
    next_slot: await nextSlot(parts),
    alerts: [
      ...now.alerts,
      ...pauseAlerts(parts, now),
      ...suspectAlerts(await reads.suspectBatches(SUSPECT_BATCHES)),
    ],
  }
}

/** The one named, else the latest that is not finished, else the latest of all. @throws ZafraError `not_found` */
export async function batchInView(reads: Reads, batch_id?: string): Promise<Batch | undefined> {
  if (batch_id === undefined) return (await reads.openBatches()).at(-1) ?? reads.latestBatch()
  return namedBatch(reads, batch_id)
}

async function batchView(
  parts: ViewParts,
  now: Now,
  batch: Batch,
  sites: readonly SiteCounts[],
): Promise<BatchView> {
  const end = batch.completed_at === null ? parts.clock.now() : parseSqlTime(batch.completed_at)
  const running = batch.status === 'running'
  return {
    ...batch,
    counts: totalCounts(sites),
    recovered: (await parts.failures.of(batch.batch_id)).fates().recovered,
    rows: sites.reduce((sum, site) => sum + site.rows, 0),
    outputs: totalOutputs(sites),
    elapsed_s: Math.max((end.getTime() - parseSqlTime(batch.started_at).getTime()) / 1000, 0),
    ...((running && now.outlook?.batchEta(batch.batch_id, limits(parts, now))) || NO_ETA),
    previous: await previousOf(parts, batch),
    absent_sites: await parts.reads.absentSites(batch.batch_id),
  }
}

const NO_ETA = { eta_s: null, eta_spread_s: null, eta_from: null }

function limits({ config, clock }: ViewParts, { running }: Now): Limits {
  return {
    max_parallel: config.execution.max_parallel,
    perSite: (site) => perSite(config, site),
    running,
    now: clock.now(),
  }
}

async function previousOf({ reads }: ViewParts, { started_at }: Batch): Promise<BatchView['previous']> {
  const before = await reads.completedBefore(started_at)
  if (!before) return null
  const { batch_id, completed_tasks, actual_duration_minutes: minutes } = before
  const rows = (await reads.batchRows([batch_id])).get(batch_id) ?? 0
  return { batch_id, rows, completed_tasks, minutes }
}

function siteView(
  parts: ViewParts,
  now: Now,
  { website, counts, rows, outputs }: SiteCounts,
  batch: Batch | undefined,
): SiteView {
  const at = sqlTime(parts.clock.now())
  const stop = stopOf(now, website, at)
  const left = counts.pending + counts.running + counts.retrying
  return {
    site: website,
    name: parts.config.sites[website]?.name ?? website,
    counts,
    rows,
    outputs,
    eta_s:
      left === 0 ? 0 : ((batch && now.outlook?.siteEta(batch.batch_id, website, limits(parts, now))) ?? null),
    state: stop ? 'paused' : counts.running > 0 ? 'running' : left === 0 ? 'done' : 'waiting',
    note: stop ? stopText(stop) : waitingText(counts),
  }
}

function waitingText(counts: StatusCounts): string | null {
  const left = counts.running + counts.pending + counts.retrying
  if (left === 0 && counts.skipped > 0) return `${counts.skipped} skipped`
  return counts.running === 0 && counts.pending === 0 && counts.retrying > 0 ? 'waits for a retry' : null
}

type Stop = Pick<Pause, 'until' | 'reason'>

/** What keeps the site from starting anything: of two what lasts longer. */
function stopOf({ pauses, waits }: Now, site: string, at: string): Stop | undefined {
  const pause = isPaused(pauses, site, at) ? pauses.get(site) : undefined
  const wait = waitOf(waits, site, at)
  if (!pause || !wait) return pause ?? wait
  return pause.until === null || pause.until >= wait.until ? pause : wait
}

function stopText({ reason, until }: Stop): string {
  return until === null ? reason : `${reason}; goes on at ${until} UTC`
}

function pauseAlerts(parts: ViewParts, now: Now): Alert[] {
  const at = sqlTime(parts.clock.now())
  return [...new Set([...now.pauses.keys(), ...now.waits.keys()])].toSorted().flatMap((scope) => {
    const stop = stopOf(now, scope, at)
    if (!stop) return []
    return { code: 'paused', message: `${scope === ALL ? 'everything' : scope} is paused: ${stopText(stop)}` }
  })
}

/** Of each of those batches what waits for the operator. */
function suspectAlerts(batches: readonly SuspectBatch[]): Alert[] {
  return batches.map((batch) => ({ code: 'suspect', message: suspectText(batch) }))
}

export function totalOutputs(sites: readonly Pick<SiteCounts, 'outputs'>[]): OutputCounts {
  const sum = (of: keyof OutputCounts) => sites.reduce((total, { outputs }) => total + outputs[of], 0)
  return {
    suspect: sum('suspect'),
    accepted: sum('accepted'),
    failed: sum('failed'),
    incomplete: sum('incomplete'),
  }
}

/** What a batch has of each status. */
export function totalCounts(sites: readonly SiteCounts[]): StatusCounts {
  const counts = Object.fromEntries(
    TASK_STATUSES.map((status) => [status, sites.reduce((sum, site) => sum + site.counts[status], 0)]),
  )
  return counts as StatusCounts
}
