import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { median, type Figure } from './figure.ts'
import { CountedTerminal, pass } from './tui-pty.ts'

const PROGRAM = fileURLToPath(new URL('tui-list-program.ts', import.meta.url))
const TYPED = ['guadalajara', 'departamentos', '!venta', 'status:failed']
/** Of the heads of the list: by site, city, state, tries and rows, each both ways. */
const SORTS = ['S', 'S', 'C', 'C', 'E', 'E', 'T', 'T']
/** Nothing else writes: what comes within this time after the last piece is due to the key. */
const ANSWER_MS = 120

/** From a key to the last byte of what it brings about, in a list of 100,000 tasks. */
export async function tasksList(): Promise<Figure[]> {
  const terminal = new CountedTerminal(execPath, [PROGRAM])
  try {
    await terminal.says('quit')
    terminal.send('2')
    await pass(2000)
    // Reads the list.
    await answers(terminal, ['/', 'x', '\u007f', '\u001b'])
    const typed: number[] = []
    for (const word of TYPED) {
      await answers(terminal, ['/'])
      typed.push(...(await answers(terminal, Array.from(word, String))))
      await answers(terminal, ['\u001b'])
    }
    const sorts = await answers(terminal, SORTS)
    return [
      figure('100,000 tasks, key of a filter → last byte: median, longest', typed, '≤ 10 ms'),
      figure('100,000 tasks, sort → last byte: median, longest', sorts, '≤ 15 ms'),
      figure('100,000 tasks, jump to an end → last byte', await answers(terminal, ['G', 'g', 'G', 'g']), ''),
    ]
  } finally {
    terminal.end()
  }
}

/** Milliseconds from each key to the last byte that answers it; keys that change nothing have none. */
async function answers(terminal: CountedTerminal, keys: readonly string[]): Promise<number[]> {
  const times: number[] = []
  for (const key of keys) {
    const sent = performance.now()
    terminal.send(key)
    await pass(ANSWER_MS)
    await terminal.quiet(ANSWER_MS)
    if (terminal.last > sent) times.push(terminal.last - sent)
  }
  return times
}

function figure(what: string, times: readonly number[], goal: string): Figure {
  const measured = `${median(times).toFixed(1)} / ${Math.max(...times).toFixed(1)} ms`
  return { what, measured, baseline: '', goal }
}
