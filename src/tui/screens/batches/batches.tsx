import { Lines } from '../../components/line.tsx'
import { LongList } from '../../components/long-list.tsx'
import { useLook } from '../../kernel/look.ts'
import { useHeight, useSelect } from '../../kernel/select.ts'
import { listPlace } from '../../list/place-spans.ts'
import { rowAtCursor } from '../../list/view.ts'
import { batchInView, type State } from '../../state.ts'
import { batchSpans, searchSpans } from '../about.ts'
import type { Copy, Screen } from '../screen.ts'
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
  Body: Batches,
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

function Batches() {
  const { theme, inner } = useLook()
  const height = useHeight()
  const { list, shown, batch, trend, size } = useSelect(({ lists, batches, ...state }) => ({
    list: lists.batches,
    trend: batches.trend,
    shown: state.shown,
    batch: state.batch,
    size: state.size,
  }))
  const above = trendHeight(size)
  const { search } = list
  const empty = search === '' ? 'No batch yet; b starts one' : `No batch matches "${search}"; Esc shows all`
  const columns = batchColumns(
    { now: shown?.now ?? new Date(0), inView: batchInView({ batch, shown }) },
    theme,
  )
  return (
    <>
      {above > 0 && <Lines rows={[...trendRows(trend, inner, theme), []]} />}
      <LongList view={list} columns={columns} id={batchKey} empty={empty} height={height - above} />
    </>
  )
}

function copies({ lists }: State): Copy[] {
  const batch = rowAtCursor(lists.batches)
  return batch ? [{ key: 'i', what: 'id', text: batch.batch_id }] : []
}
