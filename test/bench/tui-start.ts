import { rmSync, writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { waitingWorkspace } from '../e2e/workspace.ts'
import { PROGRAM, zafra } from '../support/program.ts'
import { median, type Figure } from './figure.ts'
import { CountedTerminal, pass } from './tui-pty.ts'

const TIMES = 7

/** A client of an engine that runs elsewhere: how soon it shows something, and what it weighs. */
export async function start(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'zafra-bench-'))
  waitingWorkspace(folder)
  writeFileSync(join(folder, 'go'), '')
  const daemon = (...args: string[]) => zafra(['daemon', ...args, '-w', folder], { env: { HOME: folder } })
  try {
    await daemon('start')
    const times: number[] = []
    const weights: number[] = []
    for (let count = 0; count < TIMES; count += 1) {
      const began = performance.now()
      const client = new CountedTerminal(execPath, [PROGRAM, '-w', folder], { HOME: folder })
      times.push((await client.says('quit')) - began)
      await pass(1000)
      weights.push(client.memory())
      client.end()
    }
    const worst = Math.max(...times).toFixed(0)
    return [
      figure(
        'attach → first frame: median, longest',
        `${median(times).toFixed(0)} / ${worst} ms`,
        '≤ 300 ms',
      ),
      figure('memory of a client, just attached', `${median(weights).toFixed(0)} MiB`, '≤ 140 MB'),
    ]
  } finally {
    await daemon('stop', '--now')
    rmSync(folder, { recursive: true, force: true })
  }
}

function figure(what: string, measured: string, goal: string): Figure {
  return { what, measured, baseline: '', goal }
}
