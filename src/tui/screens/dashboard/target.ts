import type { ErrorGroup } from '../../../domain/error-group.ts'
import type { RunningTask, SiteView } from '../../../domain/query.ts'
import { fullTaskName } from '../../format.ts'
import type { State } from '../../state.ts'
import type { LogTarget } from '../log/view.ts'
import { paneRows } from './state.ts'

/** The row under the cursor. */
export type Target =
  | { kind: 'site'; site: SiteView }
  | { kind: 'running'; task: RunningTask }
  | { kind: 'failure'; group: ErrorGroup }
  | { kind: 'nothing' }

const NOTHING: Target = { kind: 'nothing' }

export function target({ shown, dashboard }: State): Target {
  if (!shown) return NOTHING
  const { pane, cursors } = dashboard
  const { index } = cursors[pane]
  const rows = paneRows(shown.overview, dashboard)
  switch (pane) {
    case 'sites': {
      const site = rows.sites[index]
      return site ? { kind: 'site', site } : NOTHING
    }
    case 'running': {
      const task = rows.running[index]
      return task ? { kind: 'running', task } : NOTHING
    }
    case 'failures': {
      const group = rows.failures[index]
      return group ? { kind: 'failure', group } : NOTHING
    }
  }
}

/** The site of the row under the cursor; of a failure, where it is the only one. */
export function targetSite(state: State): SiteView | undefined {
  const row = target(state)
  if (row.kind === 'nothing') return undefined
  if (row.kind === 'site') return row.site
  const [code, ...others] = row.kind === 'running' ? [row.task.website] : row.group.sites
  return others.length > 0 ? undefined : state.shown?.overview.sites.find(({ site }) => site === code)
}

/** The task whose log the row leads to: of a site, the one that runs there; of a failure, the last one. */
export function targetLog(state: State): LogTarget | undefined {
  const row = target(state)
  if (row.kind === 'nothing') return undefined
  if (row.kind === 'failure') {
    const { last_task_id: id, last_attempt: attempt, sites } = row.group
    return { id, attempt, title: sites.join(' '), at: 'error' }
  }
  const task =
    row.kind === 'running'
      ? row.task
      : state.shown?.overview.running.find(({ website }) => website === row.site.site)
  return task && { id: task.task_id, title: fullTaskName(task) }
}
