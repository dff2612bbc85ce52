import { expect, test } from 'vitest'
import { footer } from '../../src/tui/footer.ts'
import { emptyList } from '../../src/tui/list/view.ts'
import { COMMON_BINDINGS } from '../../src/tui/screens/common-bindings.ts'
import { SCREENS } from '../../src/tui/screens/screens.ts'
import { initialState, type State } from '../../src/tui/state.ts'
import { createTheme } from '../../src/tui/theme.ts'
import { task } from '../support/task.ts'

const theme = createTheme({ color: 'none', ascii: false })

function tasksFooter(list: Partial<State['lists']['tasks']>): string {
  const state = initialState({ columns: 160, rows: 24 }, 'dark')
  const tasks = { ...emptyList(), rows: [task({ id: 1 })], total: 1, ...list } as State['lists']['tasks']
  const shown: State = { ...state, trail: ['dashboard', 'tasks'], lists: { ...state.lists, tasks } }
  return footer(shown, SCREENS.tasks.bindings, COMMON_BINDINGS, theme)
}

test.each([
  ['goes back', {}, 'Esc back'],
  ['takes a filter away first', { search: 'a' }, 'Esc unfilter'],
  ['takes the marks away before that', { search: 'a', marks: new Set(['1']) }, 'Esc unmark'],
])('Esc %s, and the footer says so and no other thing of it', (_, list, said) => {
  expect(tasksFooter(list)).toContain(said)
  expect(tasksFooter(list).match(/ Esc /g)).toHaveLength(1)
})
