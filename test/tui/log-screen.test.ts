import { describe, expect, test } from 'vitest'
import { busyOverview } from '../support/overview.ts'
import { openSession } from '../support/tui-session.ts'

async function openLogScreen(size?: { columns: number; rows: number }) {
  const opened = await openSession(busyOverview(), size)
  opened.engine.print(
    105,
    'out',
    ...Array.from({ length: 300 }, (_, at) => `página ${at + 1} 再試行 ${'x'.repeat(300)}`),
  )
  opened.engine.print(105, 'err', 'aviso: ñandú')
  await opened.press('l')
  await opened.rest()
  return opened
}

describe('the log screen', () => {
  test('/ searches as it is typed, n and N go on, Esc ends the search and then goes back', async () => {
    const { press, type, screen, rest } = await openLogScreen()
    await press('/')
    await type('PÁGINA 29')
    await rest()
    expect(screen()).toContain('/PÁGINA 29  2 of 11')
    await press('enter', 'N')
    await rest()
    expect(screen()).toContain('1 of 11')
    expect(screen()).toMatch(/▸\d\d:\d\d:\d\d out página 29 /)
    await press('n', 'n')
    await rest()
    expect(screen()).toContain('3 of 11')
    await press('esc')
    expect(screen()).not.toContain('of 11')
    await press('n')
    expect(screen()).toContain('nothing is searched for: / does')
    await press('esc')
    expect(screen()).toContain('[1 Dashboard]')
  })

  test('o, e, w and # change what is shown and how, and say so', async () => {
    const { press, screen, rest } = await openLogScreen()
    expect(screen()).toMatch(/out \+ err · following/)
    await press('o', 'o')
    await rest()
    expect(screen()).toMatch(/err only · following/)
    expect(screen()).not.toContain('página')
    await press('o', 'e')
    await rest()
    expect(screen()).toMatch(/errors only/)
    await press('e', 'w')
    await rest()
    expect(screen()).toContain('              xxxxx')
    await press('#')
    await rest()
    expect(screen()).not.toMatch(/\d\d:\d\d:\d\d out/)
    expect(screen()).toMatch(/ err aviso: ñandú/)
  })

  test.each([60, 80, 120, 200])('at %i columns it fills the screen, wrapped or not', async (columns) => {
    const { press, lines, rest } = await openLogScreen({ columns, rows: 24 })
    for (const key of ['w', 'k', 'pgup', 'g', 'w', 'G', '#']) {
      await press(key)
      await rest()
      expect(lines()).toHaveLength(24)
      expect(lines()[21]).toMatch(/x|ñandú/)
      for (const line of lines().slice(1, -2)) expect(line).toMatch(/^│ .* │$/)
    }
  })
})
