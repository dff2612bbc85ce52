/** A row of a list of lines that may take several rows each. */
export interface Place {
  /** Of the line. */
  index: number
  /** Within the line. */
  row: number
}

/** How many rows a line takes; at least one. */
export type RowsOf<Line> = (line: Line) => number

export const FIRST: Place = { index: 0, row: 0 }

/** The first row of a screen of `height` rows that ends with the last line. */
export function lastPlace<Line>(lines: readonly Line[], height: number, rowsOf: RowsOf<Line>): Place {
  let left = height
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const rows = rowsOf(lines[index] as Line)
    if (rows >= left) return { index, row: rows - left }
    left -= rows
  }
  return FIRST
}

/** Whether one place lies before another. */
export function isBefore(one: Place, other: Place): boolean {
  return one.index < other.index || (one.index === other.index && one.row < other.row)
}

/**
 * `from` moved by `rows`, so that the screen stays full. `short`: the lines in hand ended before.
 * O(rows moved + height).
 */
export function moved<Line>(
  lines: readonly Line[],
  from: Place,
  rows: number,
  screen: { height: number; rowsOf: RowsOf<Line> },
): { place: Place; short: boolean } {
  if (rows < 0) return back(lines, from, -rows, screen.rowsOf)
  const last = lastPlace(lines, screen.height, screen.rowsOf)
  const to = on(lines, from, rows, screen.rowsOf)
  return isBefore(last, to) ? { place: last, short: true } : { place: to, short: false }
}

function back<Line>(lines: readonly Line[], from: Place, rows: number, rowsOf: RowsOf<Line>) {
  let { index, row } = from
  let left = rows
  while (left > row) {
    if (index === 0) return { place: FIRST, short: true }
    left -= row
    index -= 1
    row = rowsOf(lines[index] as Line)
  }
  return { place: { index, row: row - left }, short: false }
}

/** May lead past the last line. */
function on<Line>(lines: readonly Line[], from: Place, rows: number, rowsOf: RowsOf<Line>): Place {
  let { index, row } = from
  let left = rows
  for (; index < lines.length; index += 1) {
    const rest = rowsOf(lines[index] as Line) - row
    if (left < rest) return { index, row: row + left }
    left -= rest
    row = 0
  }
  return { index, row: 0 }
}

/** Whether the lines from `from` on fill a screen of `height` rows. */
export function fills<Line>(
  lines: readonly Line[],
  from: Place,
  { height, rowsOf }: { height: number; rowsOf: RowsOf<Line> },
): boolean {
  let rows = -from.row
  for (let index = from.index; index < lines.length && rows < height; index += 1) {
    rows += rowsOf(lines[index] as Line)
  }
  return rows >= height
}
