import { batchId, monthYear } from '../domain/batch-id.ts'
import { sqlTime, type Clock } from '../domain/clock.ts'
import type { Config } from '../domain/config.ts'
import type { TaskFilter } from '../domain/filter.ts'
import type { AbsentSite, Plan, PlannedTask } from '../domain/plan.ts'
import { absentSites } from '../engine/absent.ts'
import { openPlanner } from './assemble.ts'
import { attachTo } from './attach.ts'
import { fromDatabase } from './open-engine.ts'
import { reachesOf, splitFaults, type Reach } from './scraper/reach.ts'

/** A plan, and what there is to say of it. */
export interface PlanAnswer {
  plan: Plan
  batch_id: string
  /** How long it would take. */
  minutes: number
  /** By code. `minutes` null: not known. */
  sites: ReadonlyMap<string, { name: string; minutes: number | null }>
  /** Only where the scrapers are at hand. */
  reaches: readonly Reach[]
  /** What the configuration splits and the scrapers cannot. */
  split_faults: readonly string[]
  /** Sites of the latest batch of which there is no task. */
  absent_sites: readonly AbsentSite[]
}

/** Of the workspace's lists, by its database as it stands on the disk. @throws ZafraError `lists`, `database` */
export async function planHere(config: Config, filter: TaskFilter, clock: Clock): Promise<PlanAnswer> {
  const now = clock.now()
  const month_year = monthYear(now, config.time_zone, config.locale)
  const { execution_number, durations } = await fromDatabase(
    config,
    clock,
    async (reads) => ({
      execution_number: await reads.nextExecutionNumber(month_year),
      durations: await reads.meanDurations(sqlTime(now)),
    }),
    { execution_number: 1, durations: [] },
  )
  const planner = await openPlanner(config)
  const plan = await planner.plan({ month_year, execution_number }, filter)
  const absent_sites = await fromDatabase(
    config,
    clock,
    (reads) => absentSites({ config, reads }, plan, filter),
    [],
  )
  const { estimateMinutes } = await import('../engine/estimate.ts')
  const limits = {
    max_parallel: config.execution.max_parallel,
    perSite: (site: string) => config.sites[site]?.per_site ?? config.execution.per_site,
  }
  const minutes = (tasks: readonly PlannedTask[]) => estimateMinutes(tasks, durations, limits)
  const sites = [...Map.groupBy(plan.tasks, ({ website }) => website)].map(
    ([site, tasks]) => [site, { name: config.sites[site]?.name ?? site, minutes: minutes(tasks) }] as const,
  )
  return {
    plan,
    batch_id: batchId(month_year, execution_number),
    minutes: minutes(plan.tasks),
    sites: new Map(sites),
    reaches: await reachesOf(config, plan.tasks),
    split_faults: await splitFaults(config),
    absent_sites,
  }
}

/** As the engine behind a socket plans it. @throws ZafraError `no_engine`, `closing`, `lists` */
export async function planBehind(socket: string, filter: TaskFilter, clock: Clock): Promise<PlanAnswer> {
  const engine = await attachTo(socket, clock)
  try {
    const view = await engine.query({ type: 'plan', filter, whole: true })
    const { rows, planned, duplicates, rejected, listed = [], problems } = view
    return {
      plan: { rows, planned, duplicates, rejected, tasks: listed, problems },
      batch_id: view.batch_id,
      minutes: view.estimated_duration_minutes,
      absent_sites: view.absent_sites,
      sites: new Map(view.sites.map(({ site, name }) => [site, { name, minutes: null }])),
      reaches: [],
      split_faults: [],
    }
  } finally {
    await engine.close()
  }
}
