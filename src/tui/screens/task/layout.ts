import type { State } from '../../state.ts'

type Of = Pick<State, 'size' | 'task'>

/** Rows of the log's lines at the foot of the task screen: most of it while the operator is there. */
export function taskLogHeight({ size: { rows }, task: { pane } }: Of): number {
  return Math.max(3, Math.floor(pane === 'log' ? (rows * 3) / 5 : rows / 4))
}

/** Rows above them: all but the edges, the footer and the line that divides. */
export function taskHeight(of: Of): number {
  return Math.max(1, of.size.rows - 4 - taskLogHeight(of))
}
