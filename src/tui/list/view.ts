import { NOWHERE, type Cursor } from './cursor.ts'

export interface Sort<By extends string = string> {
  by: By
  descending: boolean
}

/** What a list shows: the stretch of it that is in hand, and what was chosen from it. */
export interface ListView<Row, By extends string = string> {
  /** From `offset` on; the rest is asked for when the cursor comes near. */
  rows: readonly Row[]
  offset: number
  /** Null until the engine has answered. */
  total: number | null
  cursor: Cursor
  /** The first row on the screen, as far as it shows the cursor. */
  top: number
  /** What was typed to filter the list. */
  search: string
  /** What is wrong with `search`; the list stays as it was. */
  fault: string | null
  sort: Sort<By> | null
  /** Ids; they stay through paging, filters and changes. */
  marks: ReadonlySet<string>
  /** Where a range of marks begins that reaches to the cursor. */
  anchor: number | null
}

export function emptyList<Row, By extends string>(sort: Sort<By> | null = null): ListView<Row, By> {
  return {
    rows: [],
    offset: 0,
    total: null,
    cursor: NOWHERE,
    top: 0,
    search: '',
    fault: null,
    sort,
    marks: new Set(),
    anchor: null,
  }
}

/** The row under the cursor. */
export function rowAtCursor<Row>(view: ListView<Row>): Row | undefined {
  return view.rows[view.cursor.index - view.offset]
}

/** First of the `height` rows to show: `top`, moved as little as shows the cursor and no blank rows. */
export function topRow({ top, cursor, total }: ListView<unknown>, height: number): number {
  const last = Math.max(0, (total ?? 0) - height)
  const shown = Math.max(cursor.index - height + 1, Math.min(top, cursor.index))
  return Math.max(0, Math.min(shown, last))
}

/** Whether the row at `index` with this id is marked, or about to be by an open range. */
export function isMarked({ marks, anchor, cursor }: ListView<unknown>, index: number, id: string): boolean {
  if (marks.has(id)) return true
  if (anchor === null) return false
  return index >= Math.min(anchor, cursor.index) && index <= Math.max(anchor, cursor.index)
}
