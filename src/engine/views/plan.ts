import { batchId, monthYear } from '../../domain/batch-id.ts'
import { sqlTime } from '../../domain/clock.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import type { Problem } from '../../domain/plan.ts'
import type { Views } from '../../domain/query.ts'
import { absentSites } from '../absent.ts'
import { estimateMinutes } from '../estimate.ts'
import { perSite } from '../per-site.ts'
import type { ViewParts } from '../views.ts'

const MOST_PROBLEMS = 200
const WORST_FIRST: readonly Problem['severity'][] = ['error', 'warning', 'duplicate']

/** What `start_batch` with this filter would do; writes nothing. */
export async function planView(
  parts: ViewParts,
  { filter, whole = false }: { filter: TaskFilter; whole?: boolean },
): Promise<Views['plan']> {
  const { config, reads, planner, clock } = parts
  const now = clock.now()
  const month_year = monthYear(now, config.time_zone, config.locale)
  const execution_number = await reads.nextExecutionNumber(month_year)
  const plan = await planner.plan({ month_year, execution_number }, filter)
  const limits = {
    max_parallel: config.execution.max_parallel,
    perSite: (site: string) => perSite(config, site),
  }
  const problems = plan.problems.toSorted(
    (a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity),
  )
  return {
    batch_id: batchId(month_year, execution_number),
    rows: plan.rows,
    planned: plan.planned,
    duplicates: plan.duplicates,
    rejected: plan.rejected,
    tasks: plan.tasks.length,
    sites: [...Map.groupBy(plan.tasks, ({ website }) => website)].map(([site, tasks]) => ({
      site,
      name: config.sites[site]?.name ?? site,
      tasks: tasks.length,
    })),
    absent_sites: await absentSites(parts, plan, filter),
    estimated_duration_minutes: estimateMinutes(plan.tasks, await reads.meanDurations(sqlTime(now)), limits),
    problems: whole ? problems : problems.slice(0, MOST_PROBLEMS),
    ...(whole && { listed: plan.tasks }),
  }
}
