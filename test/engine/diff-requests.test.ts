import { writeFile, chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { DiffView } from '../../src/domain/diff.ts'
import { ended, openHarvest } from '../checks/harvest.ts'
import type { Bench } from '../support/engine.ts'

let bench: Bench
afterEach(() => bench.close())

const URL = 'https://www.inmuebles24.com'
const LISTS = ['Zapopan', 'Tonala', 'Guadalajara'].map(
  (city, at) => `Inm24,${city},venta,Casas,${URL}/${at}.html`,
)

/** Delivers per batch and city; the details are those of the list, with the price that the batch is given. */
async function open(script: string): Promise<void> {
  bench = await openHarvest({}, LISTS)
  for (const name of ['inm24', 'inm24_det']) {
    const path = join(bench.config.workspace, 'scrapers', `${name}.sh`)
    await writeFile(path, `#!/bin/sh\n${script}\n`)
    await chmod(path, 0o755)
  }
}

async function run(batch_id: string, filter = {}): Promise<void> {
  bench.clock.advance(60_000)
  await bench.engine.execute({ type: 'start_batch', filter })
  await bench.until((now) => ended(now) && now.batch?.batch_id === batch_id, `the end of ${batch_id}`)
}

const compare = (from: string, to: string): Promise<DiffView> =>
  bench.engine.query({ type: 'diff', from, to, offset: 0, limit: 10 })

const HEADER = 'echo id,url,precio,moneda'
const ROW = (id: number, price: string, currency: string) =>
  `echo "${id},https://a.mx/${id},${price},${currency}"`

test('what one batch was not asked for is not gone, comes last and is named', async () => {
  await open(`{ ${HEADER}; ${ROW(1, '2000000', 'MXN')}
    if [ "$SCRAPER_BATCH_ID$SCRAPER_CITY" = Nov26_02Zap ]; then ${ROW(2, '3000000', 'MXN')}; fi
    } > "$SCRAPER_OUTPUT_FILE"`)
  await run('Nov26_01')
  // By a name, as a person types it: the tasks have the code.
  await run('Nov26_02', { city: 'Zapopan' })
  const view = await compare('Nov26_01', 'Nov26_02')
  expect(view.only).toEqual({ from: null, to: 'Zapopan' })
  expect(view.urls).toMatchObject({ added: 0, gone: 0 })
  expect(
    view.combinations.map(({ city, outcome, note, new: fresh }) => [city, outcome, note, fresh]),
  ).toEqual([
    ['Zap', 'compared', null, 1],
    ['Gdl', 'not_requested', 'later batch: not requested', 0],
    ['Ton', 'not_requested', 'later batch: not requested', 0],
  ])
  expect(view.sum).toMatchObject({ before: 1, after: 2, gone: 0, unseen: 0 })
  const back = await compare('Nov26_02', 'Nov26_01')
  expect(back.only).toEqual({ from: 'Zapopan', to: null })
  expect(back.urls).toMatchObject({ added: 0, gone: 0 })
})

test('a price in another currency is neither a rise nor a fall; a two-stage site is compared by its details', async () => {
  await open(`{ ${HEADER}
    case "$SCRAPER_MODE$SCRAPER_BATCH_ID" in
      detailNov26_01) ${ROW(1, '2000000', 'MXN')}; ${ROW(2, '100000', 'USD')} ;;
      detailNov26_02) ${ROW(1, '2100000', 'MXN')}; ${ROW(2, '1800000', 'MXN')} ;;
      *) ${ROW(1, '2000000', 'MXN')}; ${ROW(2, '100000', 'USD')} ;;
    esac; } > "$SCRAPER_OUTPUT_FILE"`)
  await run('Nov26_01', { city: 'Zap' })
  await run('Nov26_02', { city: 'Zap' })
  const view = await compare('Nov26_01', 'Nov26_02')
  expect(view.only).toEqual({ from: 'Zap', to: 'Zap' })
  expect(view.combinations).toMatchObject([{ prices: 'details', up: 1, down: 0, currency: 1, unseen: 0 }])
  const { listings } = await bench.engine.query({
    type: 'diff',
    from: 'Nov26_01',
    to: 'Nov26_02',
    offset: 0,
    limit: 0,
    listings: { kind: 'currency', offset: 0, limit: 9 },
  })
  expect(listings).toMatchObject({
    total: 1,
    listings: [
      {
        id: '2',
        price_before: 100_000,
        currency_before: 'USD',
        price_after: 1_800_000,
        currency_after: 'MXN',
      },
    ],
  })
})

test('a figure that is missing has its reason', async () => {
  await open(`case "$SCRAPER_MODE$SCRAPER_BATCH_ID$SCRAPER_CITY" in
      urlNov26_02Zap) exit 3 ;;
      urlNov26_02Ton) echo '{"scraper":1,"type":"result","rows":1,"complete":false,"stopped_by":"robots"}' ;;
    esac
    { ${HEADER}; ${ROW(1, '2000000', 'MXN')}; } > "$SCRAPER_OUTPUT_FILE"`)
  await run('Nov26_01')
  bench.clock.advance(60_000)
  await bench.engine.execute({ type: 'start_batch', filter: {} })
  await bench.until(
    ({ batch }) =>
      batch?.batch_id === 'Nov26_02' && batch.counts.retrying === 1 && batch.counts.completed === 4,
  )
  const notes = (await compare('Nov26_01', 'Nov26_02')).combinations.map(({ city, note, gone }) => [
    city,
    note,
    gone,
  ])
  expect(notes).toContainEqual(['Ton', 'later batch: stopped by robots.txt', null])
  expect(notes.at(-1)).toEqual(['Zap', 'later batch: runs again', null])
})
