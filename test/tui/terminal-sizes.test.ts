import { execPath } from 'node:process'
import { afterEach, expect, test } from 'vitest'
import { width } from '../../src/tui/text.ts'
import { openTerminal, type TestTerminal } from '../support/terminal.ts'

const PROGRAM = new URL('../support/tui-program.ts', import.meta.url).pathname
const opened: TestTerminal[] = []

afterEach(() => {
  for (const terminal of opened.splice(0)) terminal.end()
})

function start(scenario: string, columns: number, rows: number): TestTerminal {
  const terminal = openTerminal(execPath, [PROGRAM, scenario], { columns, rows })
  opened.push(terminal)
  return terminal
}

const LAST = /▸ +300 +CyT/
const SIZES = [
  [80, 24],
  [120, 40],
  [200, 60],
] as const

test.each(SIZES)(
  'at %ix%i the frame of each screen fills the terminal to its last cell',
  async (columns, rows) => {
    const terminal = start('still', columns, rows)
    await terminal.until(
      (screen) => ['q quit', 'Sep26_01', 'blocked'].every((part) => screen.includes(part)),
      'the dashboard',
    )
    // For the rest of a frame that came in pieces.
    await terminal.quiet(200)
    expect(framed(terminal)).toEqual({ columns, rows })
    const dashboard = terminal.screen()
    for (const part of ['─ Sites ─', '▸ Inm24', '790 completed', '46%  815/1,757', 'blocked'])
      expect(dashboard).toContain(part)

    terminal.send('2')
    // As many as there is room for: all but the edges, the heads and the footer.
    const full = (screen: string) => screen.match(/○ pending/g)?.length === rows - 4
    await terminal.until((screen) => /▸ +1 +CyT/.test(screen) && full(screen), 'the tasks')
    expect(framed(terminal)).toEqual({ columns, rows })
    terminal.send('G')
    await terminal.until((screen) => screen.includes('▸     300'), 'the last task')
    expect(terminal.lines()[rows - 3]).toContain('▸     300')
    expect(framed(terminal)).toEqual({ columns, rows })
  },
)

test('a burst of keys is so many keys, an Enter among them too', async () => {
  const terminal = start('still', 120, 40)
  await terminal.until((screen) => screen.includes('q quit'), 'the dashboard')
  terminal.send('2')
  await terminal.until((screen) => /▸ +1 +CyT/.test(screen), 'the tasks')
  terminal.send(`${'j'.repeat(22)}kk`)
  await terminal.until((screen) => /▸ +21 +CyT/.test(screen), 'twenty rows further down')
  terminal.send('G')
  await terminal.until((screen) => LAST.test(screen), 'the last task')
  terminal.send('/zap\r')
  const narrowed = (screen: string) => !screen.includes('Gdl') && LAST.test(screen)
  await terminal.until(narrowed, 'those of Zapopan, the cursor still on its own')
  expect(terminal.lines().filter((line) => line.includes('Zap'))).not.toHaveLength(0)
})

test('a window that is too small says so, and has its picture back when it is large enough', async () => {
  const tooSmall = (screen: string) => /^40x10 is too small\.\nZafra needs 60x15\.\n+$/.test(screen)
  const terminal = start('still', 40, 10)
  await terminal.until(tooSmall, 'what it needs, from the start')
  terminal.resize(100, 30)
  await terminal.until((screen) => screen.includes('q quit'), 'the dashboard')
  await terminal.quiet(200)
  const before = terminal.screen()
  terminal.resize(40, 10)
  await terminal.until(tooSmall, 'what it needs')
  terminal.resize(100, 30)
  await terminal.until((screen) => screen === before, 'the same picture')
  expect(framed(terminal)).toEqual({ columns: 100, rows: 30 })
})

test('what nobody catches restores the terminal, and the process ends by it', async () => {
  const terminal = start('throw', 100, 30)
  expect((await terminal.ended).exit_code).not.toBe(0)
  expect(terminal.output).toContain('\u001b[?1049h')
  expect(terminal.modes()).toEqual({ alternate: false, cursor: true, paste: false, mouse: false })
  expect(terminal.screen()).toContain('thrown by the scenario')
})

/** The size of the frame that is drawn: between its corners, the footer included. */
function framed(terminal: TestTerminal): { columns: number; rows: number } {
  const lines = terminal.lines()
  const sides = lines.slice(1, -2).every((line) => /^[│├].*[│┤]$/.test(line))
  const widths = new Set(lines.slice(0, -1).map(width))
  const [top, bottom] = [lines[0] ?? '', lines.at(-2) ?? '']
  const whole = sides && widths.size === 1 && /^╭.*╮$/.test(top) && /^╰.*╯$/.test(bottom)
  return { columns: whole ? width(top) : 0, rows: lines.length }
}
