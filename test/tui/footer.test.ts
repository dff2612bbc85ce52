import { expect, test } from 'vitest'
import { bindingsOf } from '../../src/tui/bindings.ts'
import { footer } from '../../src/tui/footer.ts'
import { emptyList } from '../../src/tui/list/view.ts'
import { initialState, type State } from '../../src/tui/state.ts'
import { createTheme } from '../../src/tui/theme.ts'
import { task } from '../support/task.ts'

const theme = createTheme({ color: 'none', ascii: false })

function tasksFooter(list: Partial<State['lists']['tasks']>, columns = 160): string {
  const state = initialState({ columns, rows: 24 }, 'dark')
  const tasks = { ...emptyList(), rows: [task({ id: 1 })], total: 1, ...list } as State['lists']['tasks']
  const shown: State = { ...state, trail: ['dashboard', 'tasks'], lists: { ...state.lists, tasks } }
  return footer(shown, bindingsOf(shown), theme)
}

test.each([
  ['goes back', {}, 'Esc back'],
  ['takes a filter away first', { search: 'a' }, 'Esc unfilter'],
  ['takes the marks away before that', { search: 'a', marks: new Set(['1']) }, 'Esc unmark'],
])('Esc %s, and the footer says so and no other thing of it', (_, list, said) => {
  expect(tasksFooter(list)).toContain(said)
  expect(tasksFooter(list).match(/ Esc /g)).toHaveLength(1)
})

test.each([
  [60, 'Enter open  r retry  c cancel  l log  q quit  ? all keys'],
  [80, 'Enter open  r retry  c cancel  l log  p pause  Space mark  q quit  ? all keys'],
  [
    120,
    'Enter open  r retry  c cancel  l log  p pause  R retry all  Space mark  / filter  Esc back  q quit  ? all keys',
  ],
])(
  'at %i columns what is done to the row comes first, and how to leave and to learn more last',
  (columns, said) => {
    const row = task({ id: 1, status: 'retrying', attempts: 1 })
    expect(tasksFooter({ rows: [row] }, columns).trim()).toBe(said)
  },
)

test('at 200 columns every key with a name is there', () => {
  const row = task({ id: 1, status: 'retrying', attempts: 1 })
  const said = tasksFooter({ rows: [row] }, 200)
  for (const each of ['* mark all', 'Esc back', ': commands', 'y copy', 'z freeze'])
    expect(said).toContain(each)
})
