import { describe, expect, test } from 'vitest'
import { bindingsOf } from '../../src/tui/bindings.ts'
import { whyNot } from '../../src/tui/keymap.ts'
import { SCREENS } from '../../src/tui/screens/screens.ts'
import { initialState, type State } from '../../src/tui/state.ts'
import { createTheme } from '../../src/tui/theme.ts'
import { helpOverlay, lastHelpRow } from '../../src/tui/help.ts'
import type { ScreenName } from '../../src/tui/screens/screen.ts'

const theme = createTheme({ color: 'none', ascii: false })

/** The whole help, page by page, as one text. */
function help(state: State): string {
  const last = lastHelpRow(state)
  const pages = []
  for (let from = 0; from < last; from += state.size.rows - 2) pages.push(from)
  return [...pages, last]
    .flatMap((from) => helpOverlay('here', from, state, theme).lines.slice(1, -1))
    .map((line) => line.slice(3, -3).trim())
    .join(' ')
    .replaceAll(/\s+/g, ' ')
}

describe.each([60, 80, 200])('the help at %i columns', (columns) => {
  test.each(Object.keys(SCREENS) as ScreenName[])(
    'of %s says all of every key and of every reason',
    (name) => {
      const lost = { message: 'the engine cannot be reached', retry_s: 4 }
      const state: State = { ...initialState({ columns, rows: 24 }, 'dark'), trail: [name], lost }
      // Keys stand at the left of what goes on in a second row: texts are compared without them.
      const text = help(state)
      for (const binding of bindingsOf(state)) {
        const why = whyNot(binding, state)
        expect(text).toContain(why === null ? binding.does : `${binding.does} (${why})`)
      }
    },
  )
})

test('the help scrolls to its last row and no further', () => {
  const state = initialState({ columns: 60, rows: 15 }, 'dark')
  const { lines } = helpOverlay('here', lastHelpRow(state), state, theme)
  expect(lines).toHaveLength(15)
  expect(lines.at(-2)).toContain('holds up work')
})
