import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { openTerminal, type TestTerminal } from '../support/terminal.ts'
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
/** For the screen's own questions to be answered, and for the rest of a frame that came in pieces. */
const SETTLE_MS = 1000

/** Each is opened from the one before. */
const SCREENS: readonly { name: string; keys: readonly string[]; shows: RegExp }[] = [
  { name: 'tasks', keys: ['2'], shows: /\[2 Tasks\][^]*▸/ },
  { name: 'task', keys: ['/', 'status:running', '\r', '\r'], shows: /Attempt/i },
  { name: 'log', keys: ['l'], shows: /Esc/ },
  { name: 'errors', keys: ['3'], shows: /\[3 Errors\][^]*▸/ },
  { name: 'batches', keys: ['4'], shows: /\[4 Batches\][^]*▸/ },
  { name: 'stats', keys: ['5'], shows: /\[5 Stats\]/ },
  { name: 'schedule', keys: ['6'], shows: /\[6 Schedule\]/ },
  { name: 'system', keys: ['7'], shows: /\[7 System\]/ },
]

/** Slow enough for a picture, and the same for both batches: the ETA of the second goes by the first. */
const SPEED = ['--speed', '0.4']

// A batch before the one in the pictures: history, for the ETA and the sparklines.
const before = mkdtempSync(join(tmpdir(), 'zafra-'))
spawnSync(execPath, [ZAFRA, 'demo', before, '--headless', ...SPEED])
for (const [columns, rows] of SIZES) {
  const folder = mkdtempSync(join(tmpdir(), 'zafra-'))
  cpSync(before, folder, { recursive: true })
  const terminal = openTerminal(execPath, [ZAFRA, 'demo', folder, '--faults', ...SPEED], {
    columns,
    rows,
  })
  try {
    await terminal.until(
      (screen) => /\b[1-2]\d\/43\b/.test(screen) && screen.includes('4 running') && PROGRESS.test(screen),
      'a batch in its middle',
      PATIENCE_MS,
    )
    await pause(SETTLE_MS)
    take(terminal, 'dashboard')
    for (const { name, keys, shows } of SCREENS) {
      for (const key of keys) {
        terminal.send(key)
        await pause(SETTLE_MS / 3)
      }
      await terminal.until((screen) => shows.test(screen), name)
      await pause(SETTLE_MS)
      take(terminal, name)
    }
  } finally {
    terminal.kill('SIGTERM')
    await terminal.ended
    rmSync(folder, { recursive: true, force: true })
  }
}
rmSync(before, { recursive: true, force: true })

function take(terminal: TestTerminal, name: string): void {
  const { cols, rows } = terminal.emulator
  const path = fileURLToPath(new URL(`${name}-${cols}x${rows}.svg`, import.meta.url))
  writeFileSync(path, screenSvg(terminal.emulator))
  console.log(path)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
