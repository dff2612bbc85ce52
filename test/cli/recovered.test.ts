import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder, writeTree, zafra, type Ended } from '../support/program.ts'
import { inProcess } from './in-process.ts'
import { makeWorkspace } from './workspace.ts'

const folder = temporaryFolder()
let ran: Ended

beforeAll(async () => {
  makeWorkspace(folder.path, { cities: ['Guadalajara', 'Tonala', 'Zapopan'] })
  writeTree(folder.path, {
    'zafra.yaml': `
execution:
  { max_parallel: 1, max_attempts: 2, retry_delay: 1, max_cpu: 100, max_memory: 100, min_free_disk: 0, grace: 1 }
sites:
  CyT: { scraper: first }
`,
    // What fails at first, completes at the next attempt, but for Tonala.
    'scrapers/first.sh': `
if [ "$SCRAPER_CITY" = Ton ]; then echo 'wrong address' >&2; exit 65; fi
if [ "$SCRAPER_CITY" = Gdl ] && [ "$SCRAPER_ATTEMPT" = 1 ]; then echo 'out of order' >&2; exit 75; fi
printf 'url\\n1\\n' > "$SCRAPER_OUTPUT_FILE"
`,
  })
  ran = await zafra(['run'], { cwd: folder.path })
})
afterAll(() => folder[Symbol.dispose]())

test('the end of a run counts what is recovered apart from what is lost', () => {
  expect(ran.status).toBe(1)
  expect(ran.stdout).toMatch(/1 permanently_failed, 2 completed; 1 recovered after a failure; 2 rows\n/)
  expect(ran.stdout).toMatch(/failed {2}2 {2}first CyT Ton/)
})

test('so does status, which names what is lost first', async () => {
  const { stdout } = await inProcess(['status'], { cwd: folder.path, terminal: true })
  expect(stdout).toContain('2 completed; 1 recovered after a failure; 2 rows')
  expect(stdout.indexOf('wrong address')).toBeLessThan(stdout.indexOf('out of order'))
  expect(stdout).toMatch(/out of order.*\(recovered\)/)
  const document = JSON.parse((await inProcess(['status', '--json'], { cwd: folder.path })).stdout)
  expect(document).toMatchObject({
    batch: { recovered: 1 },
    error_groups: [
      { error_class: 'input', lost: 1, recovered: 0 },
      { error_class: 'transient', lost: 0, recovered: 1 },
    ],
  })
})
