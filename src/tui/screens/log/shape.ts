import { front, type State } from '../../state.ts'
import { taskLogHeight } from '../task/layout.ts'
import type { Shape } from './view.ts'

/** Where the lines of the log are: on the log screen all but the two edges, the title and the footer. */
export function logShape(state: Pick<State, 'size' | 'trail' | 'task' | 'shown'>): Shape {
  const { columns, rows } = state.size
  return {
    height: Math.max(1, front(state) === 'task' ? taskLogHeight(state) : rows - 4),
    cells: columns - 4,
  }
}
