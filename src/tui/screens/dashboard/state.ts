import { fold } from '../../../domain/search.ts'
import type { ErrorGroup } from '../../../domain/error-group.ts'
import type { Overview, RunningTask, SiteView } from '../../../domain/query.ts'
import { fullTaskName } from '../../format.ts'
import { NOWHERE, settle, type Cursor } from '../../list/cursor.ts'
import type { Shown } from '../../live.ts'

/** The lists of the dashboard, in the order of Tab. */
export const PANES = ['sites', 'running', 'failures'] as const
export type Pane = (typeof PANES)[number]

export interface DashboardState {
  pane: Pane
  cursors: Readonly<Record<Pane, Cursor>>
  /** Substrings, one per list. */
  searches: Readonly<Record<Pane, string>>
}

/** The rows of each list. */
export interface PaneRows {
  sites: SiteView[]
  running: RunningTask[]
  failures: ErrorGroup[]
}

export function initialDashboard(): DashboardState {
  return {
    pane: 'sites',
    cursors: { sites: NOWHERE, running: NOWHERE, failures: NOWHERE },
    searches: { sites: '', running: '', failures: '' },
  }
}

/** What the lists show, each under its own filter. */
export function paneRows(overview: Overview, { searches }: DashboardState): PaneRows {
  return {
    sites: found(overview.sites, searches.sites, ({ site, name, note }) => `${site} ${name} ${note ?? ''}`),
    running: found(
      overview.running,
      searches.running,
      (task) => `${fullTaskName(task)} ${task.scraper_name}`,
    ),
    failures: found(
      overview.error_groups,
      searches.failures,
      ({ sites, error_class, message }) => `${sites.join(' ')} ${error_class} ${message}`,
    ),
  }
}

/** The ids of a list's rows, as they stand. */
export function paneIds(rows: PaneRows, pane: Pane): string[] {
  switch (pane) {
    case 'sites':
      return rows.sites.map(({ site }) => site)
    case 'running':
      return rows.running.map(({ task_id }) => String(task_id))
    case 'failures':
      return rows.failures.map(({ key }) => key)
  }
}

/** Every selection on its row among what is shown now. */
export function settleDashboard(state: DashboardState, { overview }: Shown): DashboardState {
  const rows = paneRows(overview, state)
  const settled = PANES.map((pane) => [pane, settle(state.cursors[pane], paneIds(rows, pane))])
  return { ...state, cursors: Object.fromEntries(settled) as Record<Pane, Cursor> }
}

function found<Row>(rows: Row[], search: string, text: (row: Row) => string): Row[] {
  const wanted = fold(search.trim())
  return wanted === '' ? rows : rows.filter((row) => fold(text(row)).includes(wanted))
}
