import type { Size } from '../../state.ts'

/** Rows of log lines: all but the two edges, the title and the footer. */
export function logHeight({ rows }: Size): number {
  return rows - 4
}
