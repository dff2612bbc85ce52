import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { afterEach, describe, expect, test } from 'vitest'
import { PALETTES } from '../../src/tui/palettes.ts'
import { openTerminal, type TestTerminal } from '../support/terminal.ts'

const PROGRAM = new URL('../support/tui-program.ts', import.meta.url).pathname
const opened: TestTerminal[] = []

afterEach(() => {
  for (const terminal of opened.splice(0)) terminal.end()
})

function start(scenario: string, env: NodeJS.ProcessEnv = {}): TestTerminal {
  const terminal = openTerminal(execPath, [PROGRAM, scenario], { columns: 100, rows: 30, env })
  opened.push(terminal)
  return terminal
}

async function open(scenario: string, env: NodeJS.ProcessEnv = {}): Promise<TestTerminal> {
  const terminal = start(scenario, env)
  await terminal.until((screen) => screen.includes('q quit') && screen.includes('Sep26_01'), 'the dashboard')
  return terminal
}

/** What the program printed last of all, on the screen it came from. */
async function lastWords(terminal: TestTerminal): Promise<Record<string, unknown>> {
  await terminal.until((screen) => screen.includes('stall_ms'), 'its last words')
  return JSON.parse(terminal.lines().join('').trim()) as Record<string, unknown>
}

const RESTORED = { alternate: false, cursor: true, paste: false, mouse: false }

describe('the terminal is restored', () => {
  test('after q', async () => {
    const terminal = await open('busy')
    expect(terminal.modes()).toEqual({ alternate: true, cursor: false, paste: true, mouse: false })
    terminal.send('q')
    await terminal.until((screen) => screen.includes('stop now and quit'), 'the question')
    // What is typed behind it is for whatever comes after.
    terminal.send('sp')
    expect(await lastWords(terminal)).toMatchObject({ why: 'quit', exit_code: 0, commands: [] })
    expect(await terminal.ended).toEqual({ exit_code: 0, signal: 0 })
    expect(terminal.modes()).toEqual(RESTORED)
  })

  test.each([
    ['SIGTERM', 'signal', 143],
    ['SIGINT', 'signal', 130],
    ['SIGQUIT', 'signal', 131],
    ['SIGHUP', 'hangup', 129],
  ] as const)('after %s', async (signal, why, exit_code) => {
    const terminal = await open('moving')
    terminal.kill(signal)
    expect(await terminal.ended).toEqual({ exit_code, signal: 0 })
    expect(await lastWords(terminal)).toMatchObject({ why, exit_code })
    expect(terminal.modes()).toEqual(RESTORED)
  })

  test('when the screen cannot be drawn, which is then said', async () => {
    const terminal = start('crash')
    expect(await terminal.ended).toEqual({ exit_code: 1, signal: 0 })
    expect(terminal.output).toContain('\u001b[?1049h')
    expect(terminal.screen()).toContain('ZafraError: The screen cannot be drawn')
    expect(terminal.modes()).toEqual(RESTORED)
  })

  test('while suspended, and taken back afterwards', async () => {
    const terminal = openTerminal('/bin/bash', ['--norc', '--noprofile', '-i'], { columns: 100, rows: 30 })
    opened.push(terminal)
    terminal.send(`'${execPath}' '${PROGRAM}' busy\r`)
    await terminal.until((screen) => screen.includes('q quit'), 'the dashboard')
    terminal.send('\u001a')
    await terminal.until((screen) => screen.includes('nothing new starts until fg'), 'the question')
    terminal.send('z')
    await terminal.until((screen) => screen.includes('Stopped'), 'the shell')
    expect(terminal.modes()).toMatchObject({ alternate: false, cursor: true })
    // Only the shell hears of it.
    terminal.resize(110, 33)
    terminal.send('fg\r')
    await terminal.until((screen) => /^(?=.{110}\n)╭─ \[1 Dashboard\]/.test(screen), 'the dashboard again')
    expect(terminal.modes()).toMatchObject({ alternate: true, cursor: false })
    terminal.send('j')
    await terminal.until((screen) => screen.includes('▸ CyT'), 'the second row selected')
  })
})

test('a terminal that was given back for good is written to no more, nor what is opened in its place', async () => {
  const program = new URL('../support/tty-restored.ts', import.meta.url).pathname
  const file = join(mkdtempSync(join(tmpdir(), 'zafra-tty-')), 'file')
  const terminal = openTerminal(execPath, [program, file], { columns: 80, rows: 24 })
  opened.push(terminal)
  await terminal.ended
  expect(terminal.screen()).toContain('0 bytes for another')
})

test('a stop and a continuation from elsewhere give the whole screen again', async () => {
  const terminal = await open('still')
  await terminal.quiet(300)
  const screen = terminal.screen()
  terminal.kill('SIGSTOP')
  await new Promise<void>((resolve) => terminal.emulator.write('\u001b[?1049l$ something else', resolve))
  expect(terminal.screen()).toContain('something else')
  terminal.kill('SIGCONT')
  await terminal.until((shown) => shown === screen, 'the same screen')
  expect(terminal.modes()).toMatchObject({ alternate: true, cursor: false })
})

test.each(['end', 'close'] as const)('leaves at once when the terminal goes away: %s', async (way) => {
  const terminal = await open('moving')
  const { pid } = terminal
  terminal[way]()
  await expect.poll(() => alive(pid), { timeout: 5000 }).toBe(false)
})

test('what does not change costs nothing, and what changes is one write', async () => {
  const terminal = await open('still')
  await terminal.quiet(300)
  const idle = terminal.output.length
  await terminal.quiet(1500)
  expect(terminal.output.length - idle).toBe(0)

  // The pty may hand one write on in two pieces now and then, so it is the middle of five that counts.
  const pieces: number[] = []
  for (const [key, row] of [
    ['j', 'CyT'],
    ['k', 'Inm24'],
    ['j', 'CyT'],
    ['k', 'Inm24'],
    ['j', 'CyT'],
  ] as const) {
    const before = terminal.pieces
    terminal.send(key)
    await terminal.until((screen) => screen.includes(`▸ ${row}`), `${row} selected`)
    await terminal.quiet(100)
    pieces.push(terminal.pieces - before)
  }
  expect(pieces.sort((a, b) => a - b)[2]).toBe(1)

  const row = terminal.lines().findIndex((line) => line.includes('▸ CyT'))
  expect(terminal.cell(4, row)).toMatchObject({ inverse: true })
  const failed = terminal.lines()[3]?.indexOf('✗') ?? -1
  expect(terminal.cell(failed, 3)).toEqual({ text: '✗', inverse: false, color: PALETTES.dark.bad.number })
})

test('after a storm of resizes every cell is what a full redraw gives', async () => {
  const terminal = start('still')
  // Typed before the program reads: the terminal echoes it into the picture.
  terminal.send('jj')
  await terminal.until((screen) => screen.includes('q quit') && screen.includes('▸ Lam'), 'the dashboard')
  for (const [columns, rows] of SIZES) {
    terminal.resize(columns, rows)
    await terminal.quiet(10)
  }
  await terminal.until(
    (screen) => /^╭.{108}╮\n[^]*\n╰.{108}╯\n.* q quit  \? all keys$/.test(screen),
    'a frame of 110 columns',
  )
  await terminal.quiet(200)
  const before = terminal.screen()
  terminal.send('\u000c')
  await terminal.quiet(200)
  expect(before).toBe(terminal.screen())
})

const SIZES = [
  [60, 15],
  [200, 60],
  [80, 24],
  [50, 10],
  [130, 41],
  [61, 55],
  [110, 33],
] as const

test('NO_COLOR and a locale without UTF-8: no attribute and nothing but ASCII', async () => {
  const terminal = await open('busy', { NO_COLOR: '1', LANG: 'C' })
  expect(terminal.output.match(/\u001b\[[1-9][\d;]*m/g)).toBeNull()
  expect(terminal.screen()).toMatch(/^[\n -~]*$/)
})

test('a terminal of sixteen colours gets its own sixteen', async () => {
  // The pty puts its own name into TERM.
  const terminal = openTerminal('/usr/bin/env', ['TERM=linux', execPath, PROGRAM, 'busy'], {
    columns: 100,
    rows: 30,
  })
  opened.push(terminal)
  await terminal.until((screen) => screen.includes('Sep26_01'), 'the dashboard')
  expect(terminal.output).toContain('\u001b[31m')
  expect(terminal.output).not.toContain('\u001b[38;5;')
})

test('the clipboard is asked for by OSC 52, and a paste is text only where text is typed', async () => {
  const terminal = await open('busy')
  terminal.send('y')
  await terminal.until((screen) => screen.includes('site sent via OSC 52'), 'what was sent')
  expect(terminal.output).toContain(`\u001b]52;c;${Buffer.from('Inm24').toString('base64')}\u0007`)
  terminal.send('\u001b[200~qqcy\u001b[201~/')
  await terminal.until((screen) => screen.includes('/▏'), 'the filter')
  terminal.send('\u001b[200~mi\r\ntula\u001b[201~\u007f')
  await terminal.until((screen) => screen.includes('/mi tul▏'), 'what was pasted')
})

test('a terminal that takes nothing does not stall the process', async () => {
  const terminal = await open('moving')
  terminal.kill('SIGUSR2')
  terminal.freeze()
  // More than any buffer on the way holds: each is a whole screen.
  for (let second = 0; second < 3; second += 0.05) {
    terminal.send('\u000c')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  terminal.thaw()
  terminal.send('q')
  await terminal.until((screen) => screen.includes('stop now and quit'), 'the question')
  terminal.send('s')
  const { stall_ms } = await lastWords(terminal)
  // The terminal was frozen for 3 s; a loaded machine alone stalls for one or two.
  expect(stall_ms).toBeLessThan(2500)
})

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
