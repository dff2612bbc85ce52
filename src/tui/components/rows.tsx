import { BlankLine, Line } from './line.tsx'
import { useLook } from '../kernel/look.ts'
import { body, head, place, type Column } from '../table.ts'
import type { Span, Theme } from '../theme.ts'

/** Rows of a list. */
export interface RowsProps<Row> {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** Shown where there is no row. */
  empty: string
  /** Rows of the list that are seen. */
  height: number
  /** Whether it has column heads. */
  heads: boolean
  /** Which of the rows is; -1: none. */
  selected: number
}

/**
 * A table of a few rows: column heads and the first `height` rows, blank ones at the end.
 *
 *     <Rows columns={[{ title: 'Site', width: 8, cell: ({ site }) => ({ text: site }) }]} rows={sites}
 *       empty="none" height={5} heads selected={0} />
 */
export function Rows<Row>({ columns, rows, empty, height, heads, selected }: RowsProps<Row>) {
  const { theme, inner } = useLook()
  const placed = place(columns, inner - MARK.length)
  const shown = rows.slice(0, height)
  const said = rows.length === 0 && height > 0
  const missing = Math.max(0, height - shown.length - (said ? 1 : 0))
  return (
    <>
      {heads && <Line spans={[{ text: MARK }, ...head(placed, theme)]} />}
      {shown.map((row, index) => {
        const spans = body(placed, row, theme)
        return (
          <Line
            key={index}
            spans={index === selected ? selectedRow(spans, theme) : [{ text: MARK }, ...spans]}
          />
        )
      })}
      {said && <Line spans={[{ text: MARK + empty, style: 'dim' }]} />}
      {Array.from({ length: missing }, (_, index) => (
        <BlankLine key={index} />
      ))}
    </>
  )
}

const MARK = '  '

function selectedRow(spans: readonly Span[], { glyphs }: Theme): Span[] {
  const text = spans.map((span) => span.text).join('')
  return [{ text: `${glyphs.cursor} ${text}`, style: 'selected' }]
}
