import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { contentsOf } from '../../src/demo/listings.ts'
import { LISTS } from '../../src/demo/lists.ts'
import type { TestTerminal } from '../support/terminal.ts'
import { leaveNothing, select, temporaryFolder, zafra } from './workspace.ts'

/** Of `zafra demo`. */
const DEMO_SEED = 24

let folder: ReturnType<typeof temporaryFolder>
let terminal: TestTerminal | undefined

beforeEach(() => (folder = temporaryFolder()))
afterEach(async () => {
  if (terminal) await leaveNothing(terminal)
  folder.remove()
})

test('the demo is harvested before one’s eyes, to its end', { timeout: 120_000 }, async () => {
  const opened = (terminal = zafra(['demo', folder.path, '--speed', '20'], { columns: 120, rows: 40 }))
  await opened.until(
    (screen) => screen.includes('● running') && screen.includes('Inmuebles24'),
    'a batch that runs',
  )
  expect(opened.modes()).toMatchObject({ alternate: true, cursor: false })
  await opened.until(
    (screen) => screen.includes('✓ completed') && screen.includes('43/43'),
    'its end',
    90_000,
  )
  opened.send('q')
  expect(await opened.ended).toEqual({ exit_code: 0, signal: 0 })
  expect(opened.modes()).toEqual({ alternate: false, cursor: true, paste: false, mouse: false })
  expect(opened.screen()).toMatch(/completed in .*43 completed/)

  const [batch] = select(folder.path, 'SELECT * FROM execution_batches')
  expect(batch).toMatchObject({ status: 'completed', total_tasks: 43, completed_tasks: 43, failed_tasks: 0 })
  const tasks = select(folder.path, 'SELECT * FROM scraping_tasks')
  const sum = { have: 0, all: 0 }
  for (const task of tasks) {
    const file = readFileSync(join(folder.path, String(task.output_path)))
    expect(task).toMatchObject({ status: 'completed', file_size_bytes: file.length })
    // Lists move while they are read: of one that is long a listing in a hundred may hide in every pass.
    const [have, all] = [Number(task.data_records_extracted), rowsToCome(task)]
    expect([task.url, have <= all, have >= all * 0.98]).toEqual([task.url, true, true])
    sum.have += have
    sum.all += all
  }
  expect(sum.have).toBeGreaterThanOrEqual(sum.all * 0.995)
})

test('a resize in the middle of it leaves no wrong cell', { timeout: 60_000 }, async () => {
  const opened = (terminal = zafra(['demo', folder.path, '--speed', '5'], { columns: 120, rows: 40 }))
  await opened.until((screen) => screen.includes('● running'), 'a batch that runs')
  for (const [columns, rows] of [
    [80, 24],
    [200, 60],
    [61, 16],
    [100, 30],
  ] as const)
    opened.resize(columns, rows)
  await opened.until(
    (screen) => screen.split('\n').length === 30 && screen.includes('q quit'),
    'the new size',
  )
  opened.send('P')
  await opened.until(
    (screen) => /\b0 running\b/.test(screen) && screen.includes('paused'),
    'everything paused',
    30_000,
  )
  // The times on the screen stand still too.
  opened.send('z')
  await opened.until((screen) => screen.includes('frozen'), 'that it is frozen')
  await opened.quiet(500)
  const settled = opened.lines()
  expect(settled[0]).toMatch(/^╭.*╮$/)
  opened.send('\u000c')
  await opened.quiet(500)
  expect(opened.lines()).toEqual(settled)
  opened.send('q')
  await opened.until((screen) => screen.includes('stop now and quit'), 'the question')
  opened.send('s')
  expect((await opened.ended).signal).toBe(0)
})

/** How many rows the portals hold for a task. */
function rowsToCome({ url, scraper_name }: Record<string, unknown>): number {
  const place = LISTS.findIndex((list) => list.url === url)
  const shown = contentsOf(LISTS[place]!, place, DEMO_SEED).listings
  return String(scraper_name).endsWith('_det')
    ? shown.filter(({ vanished }) => !vanished).length
    : shown.length
}
