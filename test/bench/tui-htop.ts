import { spawnSync } from 'node:child_process'
import type { Figure } from './figure.ts'
import { keyTimes, medianAndP99 } from './tui-latency.ts'
import { CountedTerminal, pass, scenario } from './tui-pty.ts'
import { over } from './tui-traffic.ts'

const WINDOW_MS = 10_000
/** htop's own unit is a tenth of a second; the screen's is a quarter. */
const HTOP = ['-d', '3', '-C']

/** The same size, the same keys, the same time, one after the other; without htop there is no line. */
export async function besideHtop(): Promise<Figure[]> {
  if (spawnSync('htop', ['--version']).status !== 0) return []
  const ours = await measured(await scenario('moving'), ['j', 'k'])
  const htop = new CountedTerminal('htop', HTOP)
  await htop.says('Tasks')
  await pass(1000)
  const theirs = await measured(htop, ['\u001b[B', '\u001b[A'])
  return [
    figure('beside htop: bytes', ours.bytes, theirs.bytes),
    figure('beside htop: processor', ours.cpu, theirs.cpu),
    figure('beside htop: key → first byte: median, p99', ours.keys, theirs.keys),
  ]
}

async function measured(terminal: CountedTerminal, keys: readonly string[]) {
  try {
    const { bytes, cpu } = await over(terminal, WINDOW_MS)
    return {
      bytes: `${(bytes / WINDOW_MS).toFixed(2)} kB/s`,
      cpu: `${((cpu / WINDOW_MS) * 100_000).toFixed(1)} %`,
      keys: medianAndP99(await keyTimes(terminal, keys)),
    }
  } finally {
    terminal.end()
  }
}

function figure(what: string, ours: string, theirs: string): Figure {
  return { what, measured: ours, baseline: `htop ${theirs}`, goal: '' }
}
