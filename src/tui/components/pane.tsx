import { windowStart } from '../list/cursor.ts'
import type { Span } from '../theme.ts'
import { Divider } from './frame.tsx'
import { Rows, type RowsProps } from './rows.tsx'

export interface PaneProps<Row> extends Omit<RowsProps<Row>, 'selected'> {
  title: string
  /** At the other end of the title, where all rows are in sight. */
  note?: readonly Span[]
  /** Whether the cursor is here. */
  own: boolean
  index: number
  search?: string
}

/**
 * A short list that shares its screen with others: title, column heads and `height` rows around the cursor.
 *
 *     <Pane title="Sites" columns={siteColumns(shown, theme)} rows={sites} empty="none"
 *       height={8} heads own={pane === 'sites'} index={cursor.index} />
 */
export function Pane<Row>({ title, note = [], own, index, search = '', ...list }: PaneProps<Row>) {
  const { rows, height } = list
  const start = windowStart(rows.length, index, height)
  const shown = rows.slice(start, start + height)
  const narrowed: Span[] = search === '' ? [] : [{ text: `  /${search}`, style: 'warn' }]
  const range = `${start + 1}-${start + shown.length} of ${rows.length}`
  return (
    <>
      <Divider
        title={[{ text: title, style: own ? 'title' : 'strong' }, ...narrowed]}
        note={rows.length > height ? [{ text: range, style: 'dim' }] : note}
      />
      <Rows {...list} rows={shown} selected={own ? index - start : -1} />
    </>
  )
}
