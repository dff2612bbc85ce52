import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, type TestContext } from 'vitest'
import { start, temporaryFolder, writeTree } from '../support/program.ts'
import { select } from './workspace.ts'

const MEGABYTES = 8
const CITIES = ['Zapopan', 'Guadalajara', 'Tonala', 'El Salto', 'Juanacatlan', 'Zapotlanejo']

/** Mounts a small disk of its own until disposed; skips the test, and says why, where that is not allowed. */
function smallDisk(path: string, { skip }: TestContext): Disposable & { path: string } {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'zafra-test', path], { stdio: 'pipe' })
  } catch (error) {
    skip(`no small disk can be mounted here (it takes root): ${(error as Error).message}`)
  }
  return { path, [Symbol.dispose]: () => void execFileSync('umount', ['-l', path]) }
}

/** Fills the disk to the last byte. */
function fill(ballast: string): void {
  const file = openSync(ballast, 'w')
  try {
    for (let size = 1 << 16; size > 0;) {
      try {
        writeSync(file, Buffer.alloc(size))
      } catch {
        size >>= 1
      }
    }
  } finally {
    closeSync(file)
  }
}

test('a disk that fills up stops new starts, loses nothing, and the batch goes on when there is room', async (context) => {
  using outside = temporaryFolder()
  using folder = temporaryFolder()
  using small = smallDisk(folder.path, context)
  const [workspace, go] = [small.path, join(outside.path, 'go')]
  writeTree(workspace, {
    'zafra.yaml': `
execution:
  { max_parallel: 2, per_site: 2, max_cpu: 100, max_memory: 100, min_free_disk: 0, retry_delay: 1, max_attempts: 9 }
`,
    'urls/cyt.csv': [
      'PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL',
      ...CITIES.map((city, at) => `CyT,${city},venta,Casas,https://www.casasyterrenos.com/${at}`),
      '',
    ].join('\n'),
    // Each of the first two has its output before the disk is full; all wait for the word.
    'scrapers/cyt.sh': `#!/bin/sh
printf 'id,url\\n1,https://example.org/1\\n' > "$SCRAPER_OUTPUT_FILE" || exit 75
echo "$SCRAPER_TASK_ID" >> ${outside.path}/started
while [ ! -e ${go} ]; do sleep 0.05; done
`,
  })
  const run = start(['run', '--headless', '-w', workspace])
  onTestFinished(() => void run.process.kill('SIGKILL'))
  await expect.poll(() => lines(join(outside.path, 'started')), { timeout: 20_000 }).toHaveLength(2)

  const ballast = join(workspace, 'ballast')
  fill(ballast)
  writeFileSync(go, '')
  await run.says(/nothing new starts: .*ENOSPC/)
  expect(lines(join(outside.path, 'started')).length).toBeLessThan(CITIES.length)

  rmSync(ballast)
  const { status, stdout } = await run.ended
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/: 6 completed; (?:\d recovered after a failure; )?6 rows/),
  ])
  expect(select(workspace, 'SELECT status, count(*) AS tasks FROM scraping_tasks GROUP BY status')).toEqual([
    { status: 'completed', tasks: CITIES.length },
  ])
  expect(select(workspace, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
}, 90_000)

function lines(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
}
