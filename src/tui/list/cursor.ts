/** The selected row of a list: its id, and where it stood when last seen. */
export interface Cursor {
  id: string
  index: number
}

export const NOWHERE: Cursor = { id: '', index: 0 }

/** The cursor after the list became `ids`: it stays on its row; where that is gone, on the place it had. */
export function settle(cursor: Cursor, ids: readonly string[]): Cursor {
  const found = ids.indexOf(cursor.id)
  return at(found === -1 ? cursor.index : found, ids)
}

/** The cursor moved by `rows` (±Infinity: to an end). */
export function move(cursor: Cursor, rows: number, ids: readonly string[]): Cursor {
  return at(settle(cursor, ids).index + rows, ids)
}

/** First of the `height` rows to show of `total`, so that row `index` is among them. */
export function windowStart(total: number, index: number, height: number): number {
  return Math.max(0, Math.min(index - Math.floor(height / 2), total - height))
}

function at(index: number, ids: readonly string[]): Cursor {
  const inside = Math.max(0, Math.min(index, ids.length - 1))
  return { id: ids[inside] ?? '', index: inside }
}
