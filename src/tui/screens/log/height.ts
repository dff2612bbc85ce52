import type { Size } from '../../state.ts'

/** Rows of log lines: all but the two edges and the footer. */
export function logHeight({ rows }: Size): number {
  return rows - 3
}
