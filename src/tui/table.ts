import { cut } from './frame.ts'
import { width } from './text.ts'
import type { Span, Theme } from './theme.ts'

export interface Column<Row> {
  /** Where it can be sorted by, it holds the letter of its key. */
  title: string
  /** What the list is sorted by with the key of this column. */
  sort?: { key: string; by: string }
  /** In cells. A column that grows takes at least this. */
  width: number
  /** The share of the space left over, up to `max` cells. */
  grow?: number
  max?: number
  align?: 'left' | 'right'
  /** Left out where the table is narrower than this. */
  from?: number
  cell(row: Row, cells: number): Span | Span[]
}

/** Columns as they stand in a table of a certain width, `gap` cells apart. */
export interface Placed<Row> {
  columns: { column: Column<Row>; cells: number }[]
  gap: number
}

/** Cells between two columns. */
const gapIn = (cells: number) => (cells < 90 ? 1 : 2)

/** Chooses and widens `columns` so that they take `cells` cells or, where nothing grows so far, fewer. */
export function place<Row>(columns: readonly Column<Row>[], cells: number): Placed<Row> {
  const gap = gapIn(cells)
  const placed = columns
    .filter((column) => (column.from ?? 0) <= cells)
    .map((column) => ({ column, cells: column.width }))
  let left = cells - placed.reduce((sum, each) => sum + each.cells, gap * (placed.length - 1))
  let shares = placed.reduce((sum, { column }) => sum + (column.grow ?? 0), 0)
  for (const each of placed) {
    const share = each.column.grow ?? 0
    if (share === 0) continue
    const more = Math.min(
      Math.max(0, Math.floor((left * share) / shares)),
      (each.column.max ?? cells) - each.cells,
    )
    each.cells += more
    left -= more
    shares -= share
  }
  return { columns: placed, gap }
}

export function head<Row>(
  { columns, gap }: Placed<Row>,
  theme: Theme,
  sorted: { by: string; descending: boolean } | null = null,
): Span[] {
  return columns.flatMap(({ column, cells }, index) => [
    ...(index > 0 ? [{ text: ' '.repeat(gap) }] : []),
    ...fill(titleSpans(column, sorted, theme), cells, column.align, theme.glyphs.ellipsis),
  ])
}

/**
 * The key of the column is underlined, and the order stands there where the list is sorted by it. Without colours the
 * key is the one capital.
 */
function titleSpans<Row>(
  { title, sort }: Column<Row>,
  sorted: { by: string; descending: boolean } | null,
  { colored, glyphs }: Theme,
): Span[] {
  if (!sort) return [{ text: title, style: 'dim' }]
  const at = title.toUpperCase().indexOf(sort.key)
  const rest = (text: string): Span => ({ text: colored ? text : text.toLowerCase(), style: 'dim' })
  const arrow = sorted?.by !== sort.by ? '' : sorted.descending ? glyphs.descending : glyphs.ascending
  return [
    rest(title.slice(0, at)),
    { text: colored ? title.slice(at, at + 1) : sort.key, style: 'key' },
    rest(title.slice(at + 1)),
    { text: arrow, style: 'accent' },
  ]
}

export function body<Row>({ columns, gap }: Placed<Row>, row: Row, theme: Theme): Span[] {
  return columns.flatMap(({ column, cells }, index) => [
    ...(index > 0 ? [{ text: ' '.repeat(gap) }] : []),
    ...fill([column.cell(row, cells)].flat(), cells, column.align, theme.glyphs.ellipsis),
  ])
}

/** `spans` in exactly `cells` cells: padded or cut as a whole, each keeping its style. */
function fill(spans: Span[], cells: number, align: Column<never>['align'], ellipsis: string): Span[] {
  const own = spans.reduce((sum, { text }) => sum + width(text), 0)
  if (own > cells) return cut(spans, cells, ellipsis)
  const padding = { text: ' '.repeat(cells - own) }
  return align === 'right' ? [padding, ...spans] : [...spans, padding]
}
