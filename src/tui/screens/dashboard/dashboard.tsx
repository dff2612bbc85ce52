import type { Overview } from '../../../domain/query.ts'
import { count } from '../../format.ts'
import { BlankLine, Lines } from '../../components/line.tsx'
import { Pane } from '../../components/pane.tsx'
import { useLook } from '../../kernel/look.ts'
import { useSelect } from '../../kernel/select.ts'
import type { Shown } from '../../live.ts'
import { batchInView, type State } from '../../state.ts'
import type { Span, Theme } from '../../theme.ts'
import { batchSpans } from '../about.ts'
import type { Copy, Screen } from '../screen.ts'
import { attentionRows } from './attention.ts'
import { DASHBOARD_BINDINGS, searchPane } from './bindings.ts'
import { failureColumns } from './failures.ts'
import { headerRows } from './header.ts'
import { layout, type Layout } from './layout.ts'
import { runningColumns } from './running.ts'
import { siteColumns } from './sites.ts'
import { paneRows, type Pane as PaneName } from './state.ts'
import { target } from './target.ts'

/** Is it going well, when will it be done, what is stuck, what failed and why, what needs me. */
export const DASHBOARD: Screen = {
  name: 'dashboard',
  title: 'Dashboard',
  key: '1',
  bindings: DASHBOARD_BINDINGS,
  Body: Dashboard,
  about,
  place: ({ batch }) => (batch === null ? [] : [{ text: 'a batch of the past', style: 'warn' }]),
  filter: {
    text: ({ dashboard: { searches, pane } }) => searches[pane],
    set: searchPane,
  },
  copies,
}

function Dashboard() {
  const { theme, inner } = useLook()
  const state = useSelect(({ size, shown, dashboard, batch }) => ({ size, shown, dashboard, batch }))
  const { shown } = state
  if (!shown) return <Lines rows={[[], [{ text: 'Waiting for the engine', style: 'dim' }]]} />
  const { roomy, alerts, heads, lists } = layout(state)
  return (
    <>
      {roomy && <BlankLine />}
      <Lines rows={headerRows(shown, inner, theme)} />
      <Lines rows={attentionRows(shown, alerts, inner, theme)} />
      {roomy && <BlankLine />}
      <Panes {...state} shown={shown} heads={heads} heights={lists} />
    </>
  )
}

interface PanesProps extends Pick<State, 'dashboard' | 'batch'> {
  shown: Shown
  heads: boolean
  heights: Layout['lists']
}

function Panes({ dashboard, batch, shown, heads, heights }: PanesProps) {
  const { theme } = useLook()
  const { pane, cursors, searches } = dashboard
  const { sites, running, failures } = paneRows(shown.overview, dashboard)
  const none = searches[pane] === '' ? 'none' : 'none that matches'
  const look = (name: PaneName) => ({
    heads,
    height: heights[name],
    own: pane === name,
    index: cursors[name].index,
    search: searches[name],
  })
  return (
    <>
      <Pane title="Sites" columns={siteColumns(shown, theme)} rows={sites} empty={none} {...look('sites')} />
      <Pane
        // What runs is of no batch of the past.
        title={batch === null ? 'Running' : 'Running now'}
        note={[{ text: String(running.length), style: 'dim' }]}
        columns={runningColumns(shown, theme)}
        rows={running}
        empty="nothing runs"
        {...look('running')}
      />
      <Pane
        title="Failures"
        note={[{ text: failuresNote(shown.overview), style: 'dim' }]}
        columns={failureColumns(shown)}
        rows={failures}
        empty={none}
        {...look('failures')}
      />
    </>
  )
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
