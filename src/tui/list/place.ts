import type { Cursor } from './cursor.ts'
import type { Page } from './source.ts'

/** What is known when an answer comes. */
export interface Asked {
  cursor: Cursor
  /** Where the cursor is to go; null: it stays on its row. */
  goal: number | null
  /** What the answer begins with. */
  offset: number
  /** Whose place was asked for. */
  find: string | null
}

/** Where the cursor stands now; null: it has moved since to a row that the answer says nothing of. */
export function placeIn<Row>(
  { rows, total, position }: Page<Row>,
  id: (row: Row) => string,
  { cursor, goal, offset, find }: Asked,
): number | null {
  if (goal !== null) return clamp(goal, total)
  const found = rows.findIndex((row) => id(row) === cursor.id)
  if (found !== -1) return offset + found
  if (cursor.id !== '' && cursor.id !== find) return null
  return clamp(position ?? cursor.index, total)
}

/** `index` as one of `total` rows. */
export function clamp(index: number, total: number): number {
  return Math.max(0, Math.min(index, total - 1))
}
