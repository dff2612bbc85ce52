import { Lines, Note } from '../../components/line.tsx'
import { LongList } from '../../components/long-list.tsx'
import { useLook } from '../../kernel/look.ts'
import { useHeight, useSelect } from '../../kernel/select.ts'
import { listPlace } from '../../list/place-spans.ts'
import { rowAtCursor } from '../../list/view.ts'
import type { State } from '../../state.ts'
import type { Span, Theme } from '../../theme.ts'
import { searchSpans } from '../about.ts'
import type { Copy, Screen } from '../screen.ts'
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
  Body: Diff,
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

function Diff() {
  const { theme, inner } = useLook()
  const height = useHeight()
  const { view, list } = useSelect(({ diff, lists }) => ({ view: diff.view, list: lists.diff }))
  if (!view) return <Note text="Comparing the outputs of both batches" />
  const empty =
    list.search === ''
      ? 'Neither batch has a list to compare; Esc goes back to choose others'
      : `No combination matches "${list.search}"; Esc shows all`
  return (
    <>
      <Lines rows={summaryRows(view, inner, theme)} />
      <LongList
        view={list}
        columns={diffColumns(theme)}
        id={combinationKey}
        empty={empty}
        height={height - SUMMARY_ROWS}
      />
    </>
  )
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
