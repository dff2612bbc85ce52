import { drawList, listPlace } from '../../list/draw.ts'
import { rowAtCursor } from '../../list/view.ts'
import { batchInView, type State } from '../../state.ts'
import { batchSpans, searchSpans } from '../about.ts'
import type { Canvas, Copy, Screen } from '../screen.ts'
import { BATCHES_BINDINGS } from './bindings.ts'
import { batchColumns } from './columns.ts'
import { loadTrend } from './source.ts'
import { batchKey } from './state.ts'
import { trendHeight, trendRows } from './trend.ts'

/** Every batch there was, and how they went. */
export const BATCHES: Screen = {
  name: 'batches',
  title: 'Batches',
  key: '4',
  bindings: BATCHES_BINDINGS,
  draw,
  about: (state, theme) => [...batchSpans(state, theme), ...searchSpans(state.lists.batches.search, theme)],
  place: ({ lists }) => listPlace(lists.batches),
  waits: ({ lists }) => lists.batches.pending,
  filter: {
    text: ({ lists }) => lists.batches.search,
    set: (session, text) => void session.lists.batches.search(text),
    fault: ({ lists }) => lists.batches.fault,
  },
  copies,
  open: refresh,
  refresh,
}

function refresh(session: Parameters<NonNullable<Screen['refresh']>>[0]): void {
  void session.lists.batches.refresh()
  void loadTrend(session)
}

function draw(state: State, canvas: Canvas): string[] {
  const { lists, shown, batches, size } = state
  const { frame, theme, height } = canvas
  const above = trendHeight(size)
  const trend =
    above === 0 ? [] : [...trendRows(batches.trend, frame.inner, theme).map(frame.row), frame.row([])]
  const { search } = lists.batches
  const empty = search === '' ? 'No batch yet; b starts one' : `No batch matches "${search}"; Esc shows all`
  const columns = batchColumns({ now: shown?.now ?? new Date(0), inView: batchInView(state) }, theme)
  const list = drawList(
    lists.batches,
    { columns, id: batchKey, empty },
    { ...canvas, height: height - above },
  )
  return [...trend, ...list]
}

function copies({ lists }: State): Copy[] {
  const batch = rowAtCursor(lists.batches)
  return batch ? [{ key: 'i', what: 'id', text: batch.batch_id }] : []
}
