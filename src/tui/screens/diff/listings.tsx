import { DIFF_URLS } from '../../../domain/diff.ts'
import { count, fullTaskName } from '../../format.ts'
import type { Binding } from '../../keymap.ts'
import { spanWidth } from '../../frame.ts'
import { lookBindings } from '../../list/bindings.ts'
import { Line } from '../../components/line.tsx'
import { LongList } from '../../components/long-list.tsx'
import { useLook } from '../../kernel/look.ts'
import { useHeight, useSelect } from '../../kernel/select.ts'
import { listPlace } from '../../list/place-spans.ts'
import { rowAtCursor } from '../../list/view.ts'
import { listHeight } from '../../lists.ts'
import type { State } from '../../state.ts'
import type { Span, Theme } from '../../theme.ts'
import { searchSpans } from '../about.ts'
import type { Copy, Screen } from '../screen.ts'
import { batchesSpans } from './diff.tsx'
import { KIND_ROWS } from './layout.ts'
import { listingColumns } from './listing-columns.ts'
import { turnKind } from './load.ts'
import { changeKey } from './source.ts'
import { CHANGE_KINDS, changesOf, otherKind, type ChangeKind } from './state.ts'

const noOther = ({ diff }: State) => (otherKind(diff, 1) === diff.kind ? 'there is no other change' : null)

const LISTINGS_BINDINGS: readonly Binding[] = [
  {
    keys: ['tab'],
    label: 'next kind',
    does: 'go to the next kind of changes',
    unavailable: noOther,
    run: (session) => turnKind(session, 1),
  },
  {
    keys: ['shift-tab'],
    does: 'go to the kind of changes before',
    unavailable: noOther,
    run: (session) => turnKind(session, -1),
  },
  ...lookBindings('listings', ({ size }) => listHeight(size) - KIND_ROWS),
]

/** What changed, one by one: listings by what became of them, and addresses of the lists. */
export const LISTINGS: Screen = {
  name: 'listings',
  title: 'Listings',
  bindings: LISTINGS_BINDINGS,
  Body: Listings,
  about,
  place: ({ lists }) => listPlace(lists.listings),
  filter: {
    text: ({ lists }) => lists.listings.search,
    set: (session, text) => void session.lists.listings.search(text),
    fault: ({ lists }) => lists.listings.fault,
  },
  waits: ({ lists }) => lists.listings.pending,
  copies,
}

function Listings() {
  const { theme, inner } = useLook()
  const height = useHeight()
  const { diff, list } = useSelect((state) => ({ diff: state.diff, list: state.lists.listings }))
  const empty =
    list.search === ''
      ? 'Nothing of this kind; Tab goes to another'
      : `Nothing of this kind matches "${list.search}"; Esc shows all`
  return (
    <>
      <Line spans={kindsRow(diff, inner, theme)} />
      <Line spans={cutNote(diff)} />
      <LongList
        view={list}
        columns={listingColumns(diff, theme)}
        id={changeKey}
        empty={empty}
        height={height - KIND_ROWS}
      />
    </>
  )
}

const WORDS: Readonly<Record<ChangeKind, string>> = {
  new: 'new',
  gone: 'gone',
  unseen: 'not seen once',
  back: 'back',
  up: 'dearer',
  down: 'cheaper',
  currency: 'in another currency',
  added: 'added to lists',
  dropped: 'gone from lists',
}

/** All kinds; where there is no room, those before the one that is shown are left out. */
function kindsRow(diff: State['diff'], cells: number, theme: Theme): Span[] {
  const from = (first: number) =>
    CHANGE_KINDS.slice(first).flatMap((kind) =>
      kindSpans(diff.kind === kind, kind, changesOf(diff, kind), theme),
    )
  const here = CHANGE_KINDS.indexOf(diff.kind)
  let first = 0
  while (first < here && spanWidth(from(first)) > cells) first += 1
  return from(first)
}

/** The one that is shown in brackets, so that it is known without its colour. */
function kindSpans(here: boolean, kind: ChangeKind, changes: number | null, { glyphs }: Theme): Span[] {
  const text = `${changes === null ? glyphs.dash : count(changes)} ${WORDS[kind]}`
  if (here) return [{ text: `[${text}] `, style: 'title' }]
  return [{ text: ` ${text}  `, style: changes ? 'plain' : 'dim' }]
}

/** Of the addresses the engine names so many at most. */
function cutNote({ kind, view }: State['diff']): Span[] {
  const all = kind === 'added' ? view?.urls.added : kind === 'dropped' ? view?.urls.gone : 0
  if (!all || all <= DIFF_URLS) return []
  return [{ text: `the first ${DIFF_URLS} of ${count(all)}`, style: 'warn' }]
}

function about(state: State, theme: Theme): Span[] {
  const { scope } = state.diff
  const of: Span[] = scope ? [{ text: `${fullTaskName(scope)}   `, style: 'strong' }] : []
  return [...of, ...batchesSpans(state, theme), ...searchSpans(state.lists.listings.search, theme)]
}

function copies({ lists }: State): Copy[] {
  const change = rowAtCursor(lists.listings)
  if (!change) return []
  const url = { key: 'u', what: 'URL', text: change.url }
  if (!('id' in change)) return [url]
  return [url, { key: 'i', what: 'id', text: change.id }, { key: 't', what: 'title', text: change.title }]
}
