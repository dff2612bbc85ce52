import type { State } from '../../state.ts'
import { documentLength } from './document.tsx'

/** Rows of the log at the foot of the task screen: what is left, and most of it while the operator is there. */
export function taskLogHeight(state: Pick<State, 'task' | 'shown' | 'size'>): number {
  const { rows } = state.size
  const share = Math.floor(state.task.pane === 'log' ? (rows * 3) / 5 : rows / 4)
  return Math.max(3, share, rows - 4 - documentLength(state))
}

/** Rows above it: all but the edges, the footer and the line that divides. */
export function taskHeight(state: Pick<State, 'task' | 'shown' | 'size'>): number {
  return Math.max(1, state.size.rows - 4 - taskLogHeight(state))
}
