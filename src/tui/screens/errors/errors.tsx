import { Box } from 'ink'
import { LongList } from '../../components/long-list.tsx'
import { useHeight, useSelect } from '../../kernel/select.ts'
import { listPlace } from '../../list/place-spans.ts'
import { rowAtCursor } from '../../list/view.ts'
import { batchInView, type State } from '../../state.ts'
import { batchSpans, searchSpans } from '../about.ts'
import type { Copy, Screen } from '../screen.ts'
import { ERRORS_BINDINGS } from './bindings.ts'
import { errorColumns } from './columns.ts'
import { Detail, detailHeight } from './detail.tsx'

/** What failed in the batch in view, like failures together. */
export const ERRORS: Screen = {
  name: 'errors',
  title: 'Errors',
  key: '3',
  bindings: ERRORS_BINDINGS,
  Body: Errors,
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

function Errors() {
  const height = useHeight()
  const { list, shown, batch, size } = useSelect(({ lists, ...state }) => ({
    list: lists.errors,
    shown: state.shown,
    batch: state.batch,
    size: state.size,
  }))
  const none =
    batchInView({ batch, shown }) === undefined
      ? 'No batch yet; b on the dashboard starts one'
      : 'Nothing failed in this batch; 4 shows the batches before'
  const empty = list.search === '' ? none : `No failure matches "${list.search}"; Esc shows all`
  const columns = errorColumns(shown?.now ?? new Date(0))
  const below = detailHeight(size)
  return (
    <>
      <Box flexDirection="column" flexShrink={0} height={height - below}>
        <LongList view={list} columns={columns} id={({ key }) => key} empty={empty} height={height - below} />
      </Box>
      {below > 0 && <Detail message={rowAtCursor(list)?.message ?? ''} />}
    </>
  )
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
