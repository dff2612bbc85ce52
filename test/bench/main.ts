import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Figure } from './figure.ts'

/** `npm run bench [-- NAME…]`: the figures that the project promises, measured against a baseline in the same run. */
const ROWS: Record<string, () => Promise<{ measure(): Promise<Figure[]> }>> = {
  plan: () => import('./plan.ts'),
  dispatch: () => import('./dispatch.ts'),
  memory: () => import('./memory.ts'),
  list: () => import('./list.ts'),
  store: () => import('./store.ts'),
  scrape: () => import('./scrape.ts'),
  checks: () => import('./checks.ts'),
  diff: () => import('./diff.ts'),
  api: () => import('./api.ts'),
  tui: () => import('./tui.ts'),
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in ROWS))
if (unknown.length > 0) {
  console.error(`no such row: ${unknown.join(', ')}; there are ${Object.keys(ROWS).join(', ')}`)
  process.exitCode = 2
} else if (asked.length === 1) {
  const [name = ''] = asked
  const row = await ROWS[name]!()
  for (const { what, measured, baseline, goal } of await row.measure()) {
    console.log(
      [name.padEnd(9), what.padEnd(60), measured.padStart(10), baseline.padStart(38), goal].join('  '),
    )
  }
} else {
  // A process of its own for each: a big heap left by one would slow every fork of the next.
  for (const name of asked.length > 0 ? asked : Object.keys(ROWS)) {
    const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name], {
      stdio: 'inherit',
    })
    if (status !== 0) process.exitCode = 1
  }
}
