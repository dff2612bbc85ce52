import type { Binding } from '../keymap.ts'
import type { Session } from '../session.ts'
import type { Lists, State } from '../state.ts'

/** `rows` of a page of `height` rows. */
export type Move = (session: Session, rows: (height: number) => number) => void | Promise<void>

const half = (height: number) => Math.max(1, Math.floor(height / 2))

/** The keys that go through rows, the same everywhere. */
export function moveBindings(move: Move): readonly Binding[] {
  const by = (rows: (height: number) => number) => (session: Session) => move(session, rows)
  return [
    { keys: ['j', 'down'], does: 'move down', run: by(() => 1) },
    { keys: ['k', 'up'], does: 'move up', run: by(() => -1) },
    { keys: ['pgdn'], does: 'move down a page', run: by((height) => height) },
    { keys: ['pgup'], does: 'move up a page', run: by((height) => -height) },
    { keys: ['ctrl-d'], does: 'move down half a page', run: by(half) },
    { keys: ['ctrl-u'], does: 'move up half a page', run: by((height) => -half(height)) },
    { keys: ['g', 'home'], does: 'go to the first row', run: by(() => -Infinity) },
    { keys: ['G', 'end'], does: 'go to the last row', run: by(() => Infinity) },
  ]
}

/** The keys of a long list: through its rows, its marks, and back out of its filter. */
export function listBindings(name: keyof Lists, page: (state: State) => number): readonly Binding[] {
  return [...markBindings(name), unfilter(name), ...rowBindings(name, page)]
}

/** The same of a list that nothing is done to: no marks. */
export function lookBindings(name: keyof Lists, page: (state: State) => number): readonly Binding[] {
  return [unfilter(name), ...rowBindings(name, page)]
}

function rowBindings(name: keyof Lists, page: (state: State) => number): readonly Binding[] {
  return moveBindings((session, rows) => void session.lists[name].move(rows(page(session.state))))
}

export function unfilter(name: keyof Lists): Binding {
  return {
    keys: ['esc'],
    label: 'unfilter',
    does: 'take the filter away',
    unavailable: ({ lists }) => (lists[name].search === '' ? 'nothing is filtered' : null),
    run: (session) => void session.lists[name].search(''),
  }
}

function markBindings(name: keyof Lists): readonly Binding[] {
  const list = (session: Session) => session.lists[name]
  const empty = ({ lists }: State) => (lists[name].total ? null : 'the list is empty')
  return [
    {
      keys: [' '],
      label: 'mark',
      does: 'mark the row, or unmark it',
      unavailable: empty,
      run: (session) => void list(session).toggleMark(),
    },
    {
      keys: ['v'],
      label: 'range',
      place: 'last',
      does: 'begin a range of marks, or end it',
      unavailable: empty,
      run: (session) => void list(session).toggleRange(),
    },
    {
      keys: ['*'],
      label: 'mark all',
      place: 'last',
      does: 'mark all rows that the filter chooses',
      unavailable: empty,
      run: (session) => void list(session).markAll(),
    },
    {
      keys: ['esc'],
      label: 'unmark',
      does: 'take the marks away',
      unavailable: ({ lists }) =>
        lists[name].marks.size > 0 || lists[name].anchor !== null ? null : 'nothing is marked',
      run: (session) => list(session).unmark(),
    },
  ]
}

/** A column that a list can be sorted by: `key` stands out in its head. */
export interface Sortable<By extends string> {
  key: string
  by: By
  /** As in `sort by site`. */
  name: string
}

export function sortable<By extends string>(key: string, by: By, name: string): Sortable<By> {
  return { key, by, name }
}

/** One key per column that sorts. */
export function sortBindings<By extends string>(
  columns: readonly Sortable<By>[],
  sort: (session: Session, by: By) => Promise<void>,
): readonly Binding[] {
  return columns.map(({ key, by, name }) => ({
    keys: [key],
    does: `sort by ${name}; again: the other way round`,
    run: (session: Session) => void sort(session, by),
  }))
}
