import { drawList, listPlace } from '../../list/draw.ts'
import { rowAtCursor } from '../../list/view.ts'
import { batchInView, type State } from '../../state.ts'
import { batchSpans, searchSpans } from '../about.ts'
import type { Canvas, Copy, Screen } from '../screen.ts'
import { ERRORS_BINDINGS } from './bindings.ts'
import { errorColumns } from './columns.ts'
import { detailHeight, detailRows } from './detail.ts'

/** What failed in the batch in view, like failures together. */
export const ERRORS: Screen = {
  name: 'errors',
  title: 'Errors',
  key: '3',
  bindings: ERRORS_BINDINGS,
  draw,
  about: (state, theme) => [...batchSpans(state, theme), ...searchSpans(state.lists.errors.search, theme)],
  place: ({ lists }) => listPlace(lists.errors),
  waits: ({ lists }) => lists.errors.pending,
  filter: {
    text: ({ lists }) => lists.errors.search,
    set: (session, text) => void session.lists.errors.search(text),
    fault: ({ lists }) => lists.errors.fault,
  },
  copies,
  open: (session) => void session.lists.errors.refresh(),
  refresh: (session) => void session.lists.errors.refresh(),
}

function draw(state: State, canvas: Canvas): string[] {
  const { lists, shown, size } = state
  const { search } = lists.errors
  const empty =
    search === ''
      ? batchInView(state) === undefined
        ? 'No batch yet; b on the dashboard starts one'
        : 'Nothing failed in this batch; 4 shows the batches before'
      : `No failure matches "${search}"; Esc shows all`
  const columns = errorColumns(shown?.now ?? new Date(0))
  const below = detailHeight(size)
  const height = canvas.height - below
  const list = drawList(lists.errors, { columns, id: ({ key }) => key, empty }, { ...canvas, height })
  if (below === 0) return list
  const blank = Array.from({ length: height - list.length }, () => canvas.frame.row([]))
  return [...list, ...blank, ...detailRows(rowAtCursor(lists.errors), canvas)]
}

function copies({ lists }: State): Copy[] {
  const group = rowAtCursor(lists.errors)
  return group
    ? [
        { key: 'e', what: 'error', text: group.message },
        { key: 'i', what: 'id', text: String(group.last_task_id) },
      ]
    : []
}
