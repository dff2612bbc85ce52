import { describe, expect, test } from 'vitest'
import { TASK_STATUSES } from '../../src/domain/task.ts'
import { ASCII, UNICODE } from '../../src/tui/glyphs.ts'
import { TASKS, taskSpan } from '../../src/tui/screens/status.ts'
import { characters, width } from '../../src/tui/text.ts'
import { createTheme } from '../../src/tui/theme.ts'

describe.each([
  ['Unicode', UNICODE],
  ['ASCII', ASCII],
] as const)('%s', (name, glyphs) => {
  test('every glyph is one cell wide', () => {
    for (const glyph of Object.values(glyphs).flatMap(characters))
      expect([glyph, width(glyph)]).toEqual([glyph, 1])
  })

  test('no two states of a task look alike without colour, by glyph alone or by word alone', () => {
    const looks = TASK_STATUSES.map((status) => taskSpan(status, glyphs).text)
    expect(new Set(looks.map((look) => look.charAt(0))).size).toBe(TASK_STATUSES.length)
    expect(new Set(looks.map((look) => look.slice(2))).size).toBe(TASK_STATUSES.length)
  })

  test('without colours nothing but bold and inverse is left, if that', () => {
    const theme = createTheme({ color: 'none', ascii: name === 'ASCII' })
    for (const status of TASK_STATUSES) {
      expect(theme.paint([taskSpan(status, glyphs)], 20)).toBe(taskSpan(status, glyphs).text.padEnd(20))
      expect(TASKS[status].word).not.toBe('')
    }
  })
})
