import { execPath } from 'node:process'
import { afterEach, expect, test } from 'vitest'
import { openTerminal, type TestTerminal } from '../../support/terminal.ts'

const PROGRAM = new URL('../../support/tui-program.ts', import.meta.url).pathname
let terminal: TestTerminal | undefined

afterEach(() => terminal?.end())

test('a screen reader hears sentences that go by, and the shell keeps its screen', async () => {
  terminal = openTerminal(execPath, [PROGRAM, 'busy'], {
    columns: 100,
    rows: 40,
    env: { INK_SCREEN_READER: 'true' },
  })
  await terminal.until(
    (screen) => screen.includes('Failed: 0 tasks lost, 4 recovered, at Prop'),
    'the dashboard',
  )
  expect(terminal.screen()).toContain('Batch Sep26_01 is running, 815 of 1,757 tasks done, 46 percent.')
  expect(terminal.modes()).toMatchObject({ alternate: false, cursor: true, paste: true })
  terminal.send(':')
  await terminal.until((screen) => screen.includes('Command:'), 'the line being typed')
  terminal.send('\u007fj')
  await terminal.until(
    (screen) => screen.split('Site CyT, Casas y Terrenos: running').length === 3,
    'the row',
  )
  await terminal.quiet(300)
  const before = terminal.output.length
  await terminal.quiet(1500)
  expect(terminal.output.length).toBe(before)
  terminal.send('q')
  await terminal.until((screen) => screen.includes('s: stop now and quit.'), 'the question')
  terminal.send('s')
  await terminal.until((screen) => screen.includes('stall_ms'), 'its last words')
  expect(await terminal.ended).toEqual({ exit_code: 0, signal: 0 })
  expect(terminal.output).not.toContain('\u001b[?1049')
  expect(terminal.output).not.toMatch(/[│─╭╰━●✓]/)
  expect(terminal.modes()).toEqual({ alternate: false, cursor: true, paste: false, mouse: false })
})
