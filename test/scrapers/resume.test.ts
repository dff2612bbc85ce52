import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { attempt, rowsOf } from './attempt.ts'
import { HOST, serve } from './site.ts'

const PAGES = 5
const folder = mkdtempSync(join(tmpdir(), 'zafra-resume-'))

/** A list of CyT: 240 listings a page, the first of each page one of the page before. */
function listPage(page: number): string {
  const properties = Array.from({ length: page < PAGES ? 240 : 100 }, (_, index) => {
    const id = (page - 1) * 239 + index
    return { id, canonical: `/propiedad/${id}`, name: `Casa "${id}",\nde piedra`, priceSale: 1000 + id }
  })
  const initialState = { propertyData: { properties, estimatedTotalHits: (PAGES - 1) * 239 + 100 } }
  const data = JSON.stringify({ props: { pageProps: { initialState } } })
  return `<script id="__NEXT_DATA__" type="application/json">${data}</script>`
}

function servePages() {
  return serve(({ path }, response) => {
    if (path !== '/robots.txt') response.end(listPage(Number(/page=(\d+)/.exec(path)?.[1] ?? 1)))
  })
}

function given(name: string, env: { SCRAPER_HOST_MAP: string }) {
  const output = join(folder, `${name}.csv`)
  return {
    ...env,
    SCRAPER_OUTPUT_FILE: output,
    SCRAPER_STATE_FILE: `${output}.state`,
    SCRAPER_INPUT_URL: `https://${HOST}/jalisco/zapopan/casas/venta`,
  }
}

test('an attempt killed in mid-run goes on where it was, and the file is as if nothing had been', async () => {
  const { asked, env } = await servePages()
  await attempt('cyt', given('whole', env))
  const whole = readFileSync(join(folder, 'whole.csv'), 'utf8')
  expect(rowsOf(join(folder, 'whole.csv'))).toHaveLength((PAGES - 1) * 239 + 100)
  asked.length = 0

  const killed = given('killed', env)
  const first = await attempt('cyt', killed, (message, kill) => {
    if (message.type === 'progress' && message['page'] === 2) kill('SIGKILL')
  })
  expect(first.signal).toBe('SIGKILL')
  // What a crash leaves behind the checkpoint: part of a row.
  appendFileSync(killed.SCRAPER_OUTPUT_FILE, '"Casa "a medias')
  const second = await attempt('cyt', killed)
  expect(second).toMatchObject({ status: 0, stderr: '' })
  expect(second.last('result')).toMatchObject({ rows: 1056, cards: 1060, repeats: 4 })
  expect(readFileSync(killed.SCRAPER_OUTPUT_FILE, 'utf8')).toBe(whole)
  expect(asked.filter(({ path }) => !path.includes('page=') && path !== '/robots.txt')).toHaveLength(1)
})

test('SIGTERM ends it at once with status 143', async () => {
  // The second page never comes, so that it cannot be done before the signal arrives.
  const { env } = await serve(({ path }, response) => {
    if (path !== '/robots.txt' && !path.includes('page=')) response.end(listPage(1))
  })
  const stopped = await attempt('cyt', given('stopped', env), (message, kill) => {
    if (message.type === 'progress') kill('SIGTERM')
  })
  expect(stopped.status).toBe(143)
})

test.for([
  ['a file shorter than it says', JSON.stringify({ bytes: 10_000_000, next: 3, total: null })],
  ['a page that is none', JSON.stringify({ bytes: 300, next: 'x', total: null })],
  ['no JSON', '{"bytes":'],
] as const)('a checkpoint of %s is no checkpoint', async ([, state]) => {
  const { env } = await servePages()
  const damaged = given(`checkpoint-${state.length}`, env)
  writeFileSync(damaged.SCRAPER_OUTPUT_FILE, 'something else\n')
  writeFileSync(damaged.SCRAPER_STATE_FILE, state)
  expect(await attempt('cyt', damaged)).toMatchObject({ status: 0, stderr: '' })
  expect(rowsOf(damaged.SCRAPER_OUTPUT_FILE)).toHaveLength((PAGES - 1) * 239 + 100)
})

test('no more pages than SCRAPER_MAX_PAGES, and it says that there are more', async () => {
  const { asked, env } = await servePages()
  const result = await attempt('cyt', { ...given('limited', env), SCRAPER_MAX_PAGES: '2' })
  expect(result.last('result')).toMatchObject({ rows: 479, complete: false, stopped_by: 'max_pages' })
  expect(result.last('progress')).toMatchObject({ page: 2, pages: 2 })
  expect(asked).toHaveLength(3)
})

test('a mended layout is tried again where it changed', async () => {
  let changed = true
  const { env } = await serve(({ path }, response) => {
    const page = Number(/page=(\d+)/.exec(path)?.[1] ?? 1)
    if (path !== '/robots.txt')
      response.end(changed && page === 3 ? '<main id="app"></main>' : listPage(page))
  })
  const broken = given('broken', env)
  const first = await attempt('cyt', broken)
  expect(first.status).toBe(76)
  expect(first.last('error')).toMatchObject({
    class: 'layout_changed',
    url: expect.stringContaining('page=3'),
  })
  changed = false
  expect((await attempt('cyt', broken)).last('result')).toMatchObject({ rows: (PAGES - 1) * 239 + 100 })
})
