import { useLook } from '../kernel/look.ts'
import { isMarked, topRow, type ListView } from '../list/view.ts'
import { body, head, place, type Column } from '../table.ts'
import type { Span, Theme } from '../theme.ts'
import { Line, Note } from './line.tsx'

export interface LongListProps<Row> {
  view: ListView<Row>
  columns: readonly Column<Row>[]
  id: (row: Row) => string
  /** In place of rows, where there are none. */
  empty: string
  /** Lines of the screen that it has, the heads among them. */
  height: number
}

/** Cells before the first column: the cursor and the mark. */
const MARGIN = 3

/**
 * Heads and rows of a list of any length, of which only a window is in hand.
 *
 *     <LongList view={lists.tasks} columns={taskColumns(beside, theme)} id={({ id }) => String(id)}
 *       empty="This batch has no tasks" height={37} />
 */
export function LongList<Row>({ view, columns, id, empty, height }: LongListProps<Row>) {
  const { theme, inner } = useLook()
  const placed = place(columns, inner - MARGIN)
  const top = topRow(view, height - 1)
  const first = Math.max(top, view.offset)
  const from = first - view.offset
  const said = view.total === null ? 'Waiting for the engine' : view.total === 0 ? empty : null
  const shown = said === null ? view.rows.slice(from, Math.max(0, top - view.offset + height - 1)) : []
  return (
    <>
      <Line spans={[{ text: ' '.repeat(MARGIN) }, ...head(placed, theme, view.sort)]} />
      {said !== null && <Note text={' '.repeat(MARGIN) + said} />}
      {shown.map((row, index) => (
        <Line
          key={index}
          spans={listRow(
            body(placed, row, theme),
            first + index === view.cursor.index,
            isMarked(view, first + index, id(row)),
            theme,
          )}
        />
      ))}
    </>
  )
}

function listRow(spans: Span[], selected: boolean, marked: boolean, { glyphs }: Theme): Span[] {
  const mark = marked ? glyphs.mark : ' '
  if (!selected) return [{ text: ` ${mark} `, style: 'warn' }, ...spans]
  return [{ text: `${glyphs.cursor}${mark} ${spans.map(({ text }) => text).join('')}`, style: 'selected' }]
}
