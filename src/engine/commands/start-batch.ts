import { batchId, monthYear } from '../../domain/batch-id.ts'
import { sqlTime } from '../../domain/clock.ts'
import type { Results } from '../../domain/command.ts'
import { ZafraError } from '../../domain/error.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import { absentText, isOfList, type AbsentSite, type Plan } from '../../domain/plan.ts'
import type { Change } from '../../domain/store.ts'
import { absentSites } from '../absent.ts'
import type { Core } from '../core.ts'
import { estimateMinutes } from '../estimate.ts'
import { tell } from '../notify.ts'
import { perSite } from '../per-site.ts'

/** @param also written in the transaction that makes the batch */
export async function startBatch(
  core: Core,
  filter: TaskFilter,
  also: (batch_id: string) => Change[] = () => [],
): Promise<Results['start_batch']> {
  const { config, store, planner, clock, live, publisher } = core
  const [open] = await store.openBatches()
  if (open) {
    const mend = live.active.has(open.batch_id) ? 'wait for it or cancel it' : 'resume it or cancel it'
    throw new ZafraError('conflict', `batch ${open.batch_id} is not finished: ${mend} first`)
  }
  const now = clock.now()
  const month_year = monthYear(now, config.time_zone, config.locale)
  const execution_number = await store.nextExecutionNumber(month_year)
  const plan = await planner.plan({ month_year, execution_number }, filter)
  if (plan.tasks.length === 0) {
    throw new ZafraError('lists', `the plan holds no task (${plan.rows} rows read): zafra plan says why`)
  }
  const batch_id = batchId(month_year, execution_number)
  const { rejected } = plan
  const absent_sites = await absentSites({ config, reads: store }, plan, filter)
  const history = await store.meanDurations(sqlTime(now))
  const limits = {
    max_parallel: config.execution.max_parallel,
    perSite: (site: string) => perSite(config, site),
  }
  core.outlook.learn(history)
  const batch = await store.insertBatch(
    {
      batch_id,
      month_year,
      execution_number,
      started_at: sqlTime(now),
      asked: filter,
      estimated_duration_minutes: estimateMinutes(plan.tasks, history, limits),
    },
    plan.tasks,
    config.execution.max_attempts,
    [
      ...also(batch_id),
      ...absent_sites.map((absent) => ({ type: 'site_absent', batch_id, absent }) as const),
      ...tell(core, { event: 'batch_started', batch_id, tasks: plan.tasks.length, rejected }),
    ],
  )
  noteLists(core, plan, absent_sites)
  live.draining = false
  live.active.add(batch_id)
  publisher.publish({ type: 'batch', batch })
  core.kick()
  return { batch_id, tasks: plan.tasks.length, rejected, absent_sites }
}

/** Faults of the lists that the alert names. */
const NAMED_FAULTS = 5

/** Stands until the next batch: what the lists hold and this batch does not is not to be overlooked. */
function noteLists({ live }: Core, { problems, rejected }: Plan, absent: readonly AbsentSite[]): void {
  live.alerts.delete('lists')
  const told = [
    ...absent.map(absentText),
    ...problems.filter(isOfList).map(({ file, message }) => `${file} ${message}`),
    ...(rejected > 0 ? [`${rejected} row(s) of the lists were rejected and are in no task`] : []),
  ]
  if (told.length === 0) return
  const named = told.slice(0, NAMED_FAULTS).join('; ')
  const more = told.length > NAMED_FAULTS ? `; and ${told.length - NAMED_FAULTS} more` : ''
  const message = `${named}${more}: zafra plan names each with its remedy`
  live.alerts.set('lists', { code: 'lists', message })
}
