import type { Size } from '../../state.ts'

/** Rows of the log's last lines at the foot of the task screen. */
export function taskLogHeight({ rows }: Size): number {
  return Math.max(3, Math.floor(rows / 4))
}

/** Rows above them: all but the edges, the footer and the line that divides. */
export function taskHeight(size: Size): number {
  return Math.max(1, size.rows - 4 - taskLogHeight(size))
}
