import type { RecentError, RunningTask, SiteView } from '../../../domain/query.ts'
import type { State } from '../../state.ts'

/** The row under the cursor. */
export type Target =
  | { kind: 'site'; site: SiteView }
  | { kind: 'running'; task: RunningTask }
  | { kind: 'error'; error: RecentError }
  | { kind: 'nothing' }

export function target({ shown, pane, cursors }: State): Target {
  const { index } = cursors[pane]
  const overview = shown?.overview
  switch (pane) {
    case 'sites': {
      const site = overview?.sites[index]
      return site ? { kind: 'site', site } : { kind: 'nothing' }
    }
    case 'running': {
      const task = overview?.running[index]
      return task ? { kind: 'running', task } : { kind: 'nothing' }
    }
    case 'errors': {
      const error = overview?.recent_errors[index]
      return error ? { kind: 'error', error } : { kind: 'nothing' }
    }
  }
}

/** The site of the row under the cursor. */
export function targetSite(state: State): SiteView | undefined {
  const row = target(state)
  if (row.kind === 'nothing') return undefined
  if (row.kind === 'site') return row.site
  const code = row.kind === 'running' ? row.task.website : row.error.website
  return state.shown?.overview.sites.find(({ site }) => site === code)
}

/** The task of the row under the cursor; of a site, the one that runs there. */
export function targetTask(state: State): RunningTask | RecentError | undefined {
  const row = target(state)
  if (row.kind === 'running') return row.task
  if (row.kind === 'error') return row.error
  if (row.kind === 'nothing') return undefined
  return state.shown?.overview.running.find(({ website }) => website === row.site.site)
}
