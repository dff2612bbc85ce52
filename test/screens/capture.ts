import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { openTerminal } from '../support/terminal.ts'
import { screenSvg } from './svg.ts'

/** `npm run screens`: the pictures of the README, from the real program on the demo portals with faults. */
const SIZES = [
  [80, 24],
  [120, 40],
  [200, 60],
] as const
const ZAFRA = fileURLToPath(new URL('../../bin/zafra.js', import.meta.url))
/** A running task that has told its rows, at 80 columns without their pace: `480  3s`, `480  9,600  3s`. */
const PROGRESS = / [\d,]+ +(?:[\d,]+ +)?\d+s /
const PATIENCE_MS = 120_000

for (const [columns, rows] of SIZES) {
  const folder = mkdtempSync(join(tmpdir(), 'zafra-screens-'))
  const terminal = openTerminal(execPath, [ZAFRA, 'demo', folder, '--faults', '--speed', '0.5'], {
    columns,
    rows,
  })
  const take = (name: string) => {
    const path = fileURLToPath(new URL(`${name}-${columns}x${rows}.svg`, import.meta.url))
    writeFileSync(path, screenSvg(terminal.emulator))
    console.log(path)
  }
  try {
    await terminal.until(
      (screen) => /\b1[2-7]\/43\b/.test(screen) && screen.includes('4 running') && PROGRESS.test(screen),
      'a batch in its middle',
      PATIENCE_MS,
    )
    take('dashboard')
    if (columns !== 120) continue
    terminal.send('\u001b[Z\r')
    await terminal.until((screen) => screen.includes('Esc'), 'a log')
    await terminal.quiet(500)
    take('log')
  } finally {
    terminal.end()
    await terminal.ended
    rmSync(folder, { recursive: true, force: true })
  }
}
