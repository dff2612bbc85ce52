import { createFrame, type Frame } from '../../frame.ts'
import type { Shown } from '../../live.ts'
import type { State } from '../../state.ts'
import type { Span, Theme } from '../../theme.ts'
import { noticeSpans } from '../notice.ts'
import type { Screen } from '../screen.ts'
import { DASHBOARD_BINDINGS } from './bindings.ts'
import { errorColumns } from './errors.ts'
import { alertRows, headerRows } from './header.ts'
import { layout } from './layout.ts'
import { drawPane } from './pane.ts'
import { runningColumns } from './running.ts'
import { siteColumns } from './sites.ts'

export const DASHBOARD: Screen = { title: 'Dashboard', bindings: DASHBOARD_BINDINGS, draw }

function draw(state: State, theme: Theme): string[] {
  const frame = createFrame(state.size.columns, theme)
  const { shown } = state
  if (!shown) return drawWaiting(state, frame)
  const { roomy, heads, alerts, lists } = layout(state)
  const { sites, running, recent_errors } = shown.overview
  const blank = roomy ? [frame.row([])] : []
  return [
    frame.top(title(shown, theme), [{ text: engineNote(shown), style: 'dim' }]),
    ...blank,
    ...headerRows(shown, frame.inner, theme).map(frame.row),
    ...alertRows(shown.overview, alerts, theme).map(frame.row),
    ...blank,
    ...drawPane(
      {
        pane: 'sites',
        title: 'Sites',
        note: '',
        columns: siteColumns(shown, theme),
        rows: sites,
        empty: 'none',
      },
      state,
      { height: lists.sites, heads },
      frame,
      theme,
    ),
    ...drawPane(
      {
        pane: 'running',
        title: 'Running',
        note: String(running.length),
        columns: runningColumns(shown, theme),
        rows: running,
        empty: 'nothing runs',
      },
      state,
      { height: lists.running, heads },
      frame,
      theme,
    ),
    ...drawPane(
      {
        pane: 'errors',
        title: 'Recent errors',
        note: String(recent_errors.length),
        columns: errorColumns(theme),
        rows: recent_errors,
        empty: 'none',
      },
      state,
      { height: lists.errors, heads },
      frame,
      theme,
    ),
    frame.bottom(noticeSpans(state)),
  ]
}

function drawWaiting({ size }: State, frame: Frame): string[] {
  const rows = size.rows - 3
  const lines = Array.from({ length: rows }, (_, index) =>
    frame.row(index === 1 ? [{ text: 'Waiting for the engine', style: 'dim' }] : []),
  )
  return [frame.top([{ text: 'Zafra', style: 'title' }]), ...lines, frame.bottom()]
}

function title({ overview: { batch } }: Shown, { glyphs }: Theme): Span[] {
  const zafra: Span = { text: 'Zafra', style: 'title' }
  if (!batch) return [zafra]
  return [zafra, { text: ` ${glyphs.dot} `, style: 'dim' }, { text: batch.batch_id, style: 'strong' }]
}

/** The engine's state is said once, with the batch; here only who does the work. */
function engineNote({ overview: { engine } }: Shown): string {
  return engine.closing_stops_work ? `engine here, pid ${engine.pid}` : `engine pid ${engine.pid}`
}
