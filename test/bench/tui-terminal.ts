import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { openTerminal, type TestTerminal } from '../support/terminal.ts'
import { wrongRows } from '../support/cells.ts'
import type { Figure } from './figure.ts'
import { pass, SIZE } from './tui-pty.ts'

const PROGRAM = fileURLToPath(new URL('../support/tui-program.ts', import.meta.url))
const FROZEN_MS = 60_000
const RESIZES = 120

/** What terminals do to the screen, and what it leaves of them. */
export async function terminals(): Promise<Figure[]> {
  return [await frozen(), await restored(), await resized()]
}

/** Each redraw is a whole screen: more than any buffer on the way holds. */
async function frozen(): Promise<Figure> {
  const terminal = await open('moving')
  terminal.kill('SIGUSR2')
  terminal.freeze()
  for (let ms = 0; ms < FROZEN_MS; ms += 100) {
    terminal.send('\u000c')
    await pass(100)
  }
  terminal.thaw()
  await terminal.quiet(150)
  terminal.send('z')
  await terminal.until((screen) => screen.includes('frozen'), 'a picture that stands still')
  const wrong = (await wrongRows(terminal)).length
  await answered(terminal, 'zq', 'stop now and quit', 's')
  await terminal.until((screen) => screen.includes('stall_ms'), 'its last words')
  const { stall_ms } = JSON.parse(terminal.lines().join('').trim()) as { stall_ms: number }
  return figure(
    `terminal frozen ${FROZEN_MS / 1000} s: longest stall, wrong rows after`,
    `${stall_ms.toFixed(0)} ms, ${wrong}`,
    '≤ 50 ms, 0',
  )
}

const WAYS: readonly { scenario: string; leave?: NodeJS.Signals | 'q' | 'z' }[] = [
  { scenario: 'busy', leave: 'q' },
  { scenario: 'busy', leave: 'z' },
  { scenario: 'moving', leave: 'SIGHUP' },
  { scenario: 'moving', leave: 'SIGINT' },
  { scenario: 'moving', leave: 'SIGQUIT' },
  { scenario: 'moving', leave: 'SIGTERM' },
  { scenario: 'crash' },
  { scenario: 'throw' },
]

/** Quit, suspend, four signals, what cannot be drawn, what nobody catches. */
async function restored(): Promise<Figure> {
  let good = 0
  for (const { scenario, leave } of WAYS) {
    const shell = openTerminal('/bin/bash', ['--norc', '--noprofile', '-i'], SIZE)
    shell.send(`PS1='back '; '${execPath}' '${PROGRAM}' ${scenario}\r`)
    if (leave !== undefined) await shell.until((screen) => screen.includes('q quit'), 'the dashboard')
    if (leave === 'q') await answered(shell, 'q', 'stop now and quit', 's')
    else if (leave === 'z') await answered(shell, '\u001a', 'suspend all the same', 'z')
    else if (leave !== undefined) process.kill(Number(await childOf(shell.pid)), leave)
    await shell.until(
      (screen) => /^back $|^back$/m.test(screen),
      `the shell again, after ${leave ?? scenario}`,
    )
    const { alternate, cursor, mouse } = shell.modes()
    if (!alternate && cursor && !mouse) good += 1
    shell.kill('SIGKILL')
    await shell.ended
  }
  return figure('terminal restored', `${good} of ${WAYS.length} ways out`, '8 of 8')
}

/** What ends something is answered only by who has seen the question. */
async function answered(shell: TestTerminal, key: string, question: string, answer: string): Promise<void> {
  shell.send(key)
  await shell.until((screen) => screen.includes(question), 'the question')
  shell.send(answer)
}

async function childOf(pid: number): Promise<string> {
  const { readFile } = await import('node:fs/promises')
  return (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ')[0] ?? ''
}

async function resized(): Promise<Figure> {
  const terminal = await open('still')
  for (let count = 0; count < RESIZES; count += 1) {
    terminal.resize(50 + Math.floor(Math.random() * 200), 10 + Math.floor(Math.random() * 60))
    await pass(Math.random() * 40)
  }
  terminal.resize(SIZE.columns, SIZE.rows)
  await terminal.quiet(500)
  const wrong = (await wrongRows(terminal)).length
  terminal.kill('SIGKILL')
  return figure(`rows with a wrong cell after ${RESIZES} resizes`, String(wrong), '0')
}

async function open(scenario: string): Promise<TestTerminal> {
  const terminal = openTerminal(execPath, [PROGRAM, scenario], SIZE)
  await terminal.until((screen) => screen.includes('q quit'), 'the dashboard')
  return terminal
}

function figure(what: string, measured: string, goal: string): Figure {
  return { what, measured, baseline: '', goal }
}
