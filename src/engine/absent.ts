import type { Config } from '../domain/config.ts'
import type { TaskFilter } from '../domain/filter.ts'
import { isOfList, type AbsentSite, type Plan } from '../domain/plan.ts'
import type { Reads } from '../domain/store.ts'

/** Lists that a reason names. */
const NAMED_LISTS = 3

/**
 * The sites that had tasks in the latest batch and would have none in a batch of this plan. A filter leaves sites out
 * on purpose: then there are none.
 */
export async function absentSites(
  { config, reads }: { config: Pick<Config, 'sites'>; reads: Pick<Reads, 'latestBatch' | 'siteCounts'> },
  plan: Plan,
  filter: TaskFilter,
): Promise<AbsentSite[]> {
  if (Object.values(filter).some((value) => value !== undefined)) return []
  const last = await reads.latestBatch()
  if (!last) return []
  const planned = new Set(plan.tasks.map(({ website }) => website))
  return (await reads.siteCounts(last.batch_id))
    .filter(({ website }) => !planned.has(website))
    .map(({ website: site, counts }) => ({
      site,
      tasks: Object.values(counts).reduce((sum, each) => sum + each, 0),
      before: last.batch_id,
      reason: reasonOf(site, config, plan),
    }))
}

function reasonOf(site: string, { sites }: Pick<Config, 'sites'>, { problems, rejected }: Plan): string {
  const known = sites[site]
  if (!known) return 'zafra.yaml has no such site any more'
  if (!known.enabled) return `it is switched off (sites.${site}.enabled in zafra.yaml)`
  const broken = problems.filter(isOfList).map(({ file, message }) => `${file} ${message}`)
  if (broken.length > 0) return `no list has a row for it; ${broken.slice(0, NAMED_LISTS).join('; ')}`
  const some = rejected > 0 ? 'no list has a row for it that can be used' : 'no list has a row for it'
  return `${some}: a list is missing, or its rows are`
}
