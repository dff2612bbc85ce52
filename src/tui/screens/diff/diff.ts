import { drawList, listPlace } from '../../list/draw.ts'
import { rowAtCursor } from '../../list/view.ts'
import type { State } from '../../state.ts'
import type { Span, Theme } from '../../theme.ts'
import { searchSpans } from '../about.ts'
import type { Canvas, Copy, Screen } from '../screen.ts'
import { DIFF_BINDINGS } from './bindings.ts'
import { diffColumns } from './columns.ts'
import { SUMMARY_ROWS } from './layout.ts'
import { combinationKey } from './state.ts'
import { summaryRows } from './summary.ts'

/** What one batch found otherwise than an earlier one: in sum, and per combination. */
export const DIFF: Screen = {
  name: 'diff',
  title: 'Diff',
  bindings: DIFF_BINDINGS,
  draw,
  about: (state, theme) => [...batchesSpans(state, theme), ...searchSpans(state.lists.diff.search, theme)],
  place: ({ lists }) => listPlace(lists.diff),
  waits: ({ lists }) => lists.diff.pending,
  filter: {
    text: ({ lists }) => lists.diff.search,
    set: (session, text) => void session.lists.diff.search(text),
    fault: ({ lists }) => lists.diff.fault,
  },
  copies,
}

function draw({ diff, lists }: State, canvas: Canvas): string[] {
  const { frame, theme, height } = canvas
  if (!diff.view) return [frame.row([{ text: 'Comparing the outputs of both batches', style: 'dim' }])]
  const { search } = lists.diff
  const empty =
    search === ''
      ? 'Neither batch has a list to compare; Esc goes back to choose others'
      : `No combination matches "${search}"; Esc shows all`
  const list = drawList(
    lists.diff,
    { columns: diffColumns(theme), id: combinationKey, empty },
    { ...canvas, height: height - SUMMARY_ROWS },
  )
  return [...summaryRows(diff.view, frame.inner, theme).map(frame.row), ...list]
}

/** Which two batches are compared. */
export function batchesSpans({ diff: { batches } }: Pick<State, 'diff'>, { glyphs }: Theme): Span[] {
  if (!batches) return []
  return [
    { text: `${batches.from} ${glyphs.to} `, style: 'dim' },
    { text: batches.to, style: 'strong' },
  ]
}

function copies({ lists }: State): Copy[] {
  const row = rowAtCursor(lists.diff)
  if (!row) return []
  const name = `${row.website} ${row.city} ${row.operation} ${row.product}`
  return [{ key: 'i', what: 'combination', text: name }]
}
