import type { Overview } from '../../../domain/query.ts'
import { count } from '../../format.ts'
import type { Frame } from '../../frame.ts'
import { batchInView, type State } from '../../state.ts'
import type { Span, Theme } from '../../theme.ts'
import { batchSpans } from '../about.ts'
import type { Canvas, Copy, Screen } from '../screen.ts'
import { attentionRows } from './attention.ts'
import { DASHBOARD_BINDINGS, searchPane } from './bindings.ts'
import { failureColumns } from './failures.ts'
import { headerRows } from './header.ts'
import { layout } from './layout.ts'
import { drawPane } from './pane.ts'
import { runningColumns } from './running.ts'
import { siteColumns } from './sites.ts'
import { paneRows } from './state.ts'
import { target } from './target.ts'

/** Is it going well, when will it be done, what is stuck, what failed and why, what needs me. */
export const DASHBOARD: Screen = {
  name: 'dashboard',
  title: 'Dashboard',
  key: '1',
  bindings: DASHBOARD_BINDINGS,
  draw,
  about,
  place: ({ batch }) => (batch === null ? [] : [{ text: 'a batch of the past', style: 'warn' }]),
  filter: {
    text: ({ dashboard: { searches, pane } }) => searches[pane],
    set: searchPane,
  },
  copies,
}

function draw(state: State, { frame, theme }: Canvas): string[] {
  const { shown, dashboard } = state
  if (!shown) return [frame.row([]), frame.row([{ text: 'Waiting for the engine', style: 'dim' }])]
  const { roomy, heads, alerts } = layout(state)
  const blank = roomy ? [frame.row([])] : []
  return [
    ...blank,
    ...headerRows(shown, frame.inner, theme).map(frame.row),
    ...attentionRows(shown, alerts, frame.inner, theme).map(frame.row),
    ...blank,
    ...panes(state, { shown, dashboard, heads }, frame, theme),
  ]
}

function panes(
  state: State,
  {
    shown,
    dashboard,
    heads,
  }: { shown: NonNullable<State['shown']>; dashboard: State['dashboard']; heads: boolean },
  frame: Frame,
  theme: Theme,
): string[] {
  const { lists } = layout(state)
  const { sites, running, failures } = paneRows(shown.overview, dashboard)
  const none = dashboard.searches[dashboard.pane] === '' ? 'none' : 'none that matches'
  const size = (height: number) => ({ height, heads })
  return [
    ...drawPane(
      {
        pane: 'sites',
        title: 'Sites',
        note: '',
        columns: siteColumns(shown, theme),
        rows: sites,
        empty: none,
      },
      dashboard,
      size(lists.sites),
      frame,
      theme,
    ),
    ...drawPane(
      {
        pane: 'running',
        // What runs is of no batch of the past.
        title: state.batch === null ? 'Running' : 'Running now',
        note: String(running.length),
        columns: runningColumns(shown, theme),
        rows: running,
        empty: 'nothing runs',
      },
      dashboard,
      size(lists.running),
      frame,
      theme,
    ),
    ...drawPane(
      {
        pane: 'failures',
        title: 'Failures',
        note: failuresNote(shown.overview),
        columns: failureColumns(shown),
        rows: failures,
        empty: none,
      },
      dashboard,
      size(lists.failures),
      frame,
      theme,
    ),
  ]
}

/** Which batch, and who does the work: its state is said once, with the batch. */
function about(state: State, theme: Theme): Span[] {
  const batch = batchInView(state)
  const { shown } = state
  if (!shown) return []
  // Who works now has nothing to do with a batch of the past.
  if (state.batch !== null) return batchSpans(state, theme)
  const { pid, closing_stops_work } = shown.overview.engine
  const dot: Span = { text: ` ${theme.glyphs.dot} `, style: 'dim' }
  const named: Span[] = batch === undefined ? [] : [...batchSpans(state, theme), dot]
  const who = pid === null ? 'no engine' : closing_stops_work ? 'engine here' : `engine pid ${pid}`
  return [...named, { text: who, style: 'dim' }]
}

function copies(state: State): Copy[] {
  const row = target(state)
  switch (row.kind) {
    case 'site':
      return [{ key: 's', what: 'site', text: row.site.site }]
    case 'running':
      return [{ key: 'i', what: 'id', text: String(row.task.task_id) }]
    case 'failure':
      return [{ key: 'e', what: 'error', text: row.group.message }]
    case 'nothing':
      return []
  }
}

/** What failed for good, and what a later attempt completed, in tasks of the batch. */
function failuresNote({ batch }: Overview): string {
  if (!batch) return '0'
  const lost = batch.counts.permanently_failed + batch.counts.failed
  return `${count(lost)} lost, ${count(batch.recovered)} recovered`
}
