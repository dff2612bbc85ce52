import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFrame, spanWidth } from '../../src/tui/frame.ts'
import { KEYED_SCREENS } from '../../src/tui/screens/screens.ts'
import { upperEdge } from '../../src/tui/tabs.ts'
import { createTheme } from '../../src/tui/theme.ts'
import type { ScreenName } from '../../src/tui/screens/screen.ts'

const theme = createTheme({ color: 'none', ascii: false })
const LOST = { message: 'gone', retry_s: 4 }

function edge(columns: number, about: string, trail: readonly ScreenName[] = ['dashboard'], lost = false) {
  const frame = createFrame(columns, theme)
  return frame.top(
    ...upperEdge(
      { trail, lost: lost ? LOST : null },
      about === '' ? [] : [{ text: about }],
      frame.inner,
      theme,
    ),
  )
}

test('where all fits, the screens have their names, and what the screen says is whole', () => {
  const line = edge(120, 'Sep26_01')
  expect(line).toContain('─ Zafra  [1 Dashboard]  2 Tasks ')
  expect(line).toMatch(/ 7 System {2}─+ Sep26_01 ─╮$/)
})

test('what a screen says is shortened before the screens lose their names', () => {
  const line = edge(120, 'history › Sep26_01 · status:permanently_failed site:Inm24 rows:<10')
  expect(line).toContain('[1 Dashboard]  2 Tasks   3 Errors   4 Batches ')
  expect(line).toMatch(/ history › Sep26_01 · status:per… ─╮$/)
})

test('on a narrow screen the keys alone are left, and what the screen says is cut, not dropped', () => {
  expect(edge(80, 'Sep26_01 · /status:failed site:Inm24 rows:<10')).toMatch(
    /^╭─ \[1 Dashboard\] {2}2 {3}3 {3}4 {3}5 {3}6 {3}7 {3}Sep26_01 · \/status:failed site:Inm… ─╮$/,
  )
})

test('that the engine is gone is said, whatever the screens lose', () => {
  expect(edge(60, 'connection lost, retry in 4 s', ['dashboard', 'tasks', 'task'], true)).toMatch(
    /^╭─ \[1 Dashboard › Tasks › Task\] {2}connection lost, retry … ─╮$/,
  )
})

test('the edge is as wide as the screen and holds both of its ends, at any width', () => {
  const screen = fc.constantFrom(...KEYED_SCREENS.map(({ name }) => name))
  const about = fc.string({ unit: fc.constantFrom('a', 'ñ', ' ', '再'), minLength: 1, maxLength: 120 })
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 250 }), about, screen, (columns, text, name) => {
      const line = edge(columns, `x${text}`, [name])
      expect(spanWidth([{ text: line }])).toBe(columns)
      expect(line).toMatch(
        new RegExp(`\\[\\d ${KEYED_SCREENS.find((each) => each.name === name)?.title}\\].* x`),
      )
    }),
  )
})
