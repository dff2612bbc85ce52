import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { text } from 'node:stream/consumers'
import { request, type IncomingMessage } from 'node:http'
import type { Notice } from '../../src/domain/notice.ts'
import { systemClock } from '../../src/cli/system-clock.ts'
import { createMessenger } from '../../src/notify/index.ts'
import { ended } from '../checks/harvest.ts'
import { inProcess } from '../cli/in-process.ts'
import { httpSink } from '../notify/support.ts'
import { openApi } from '../support/api.ts'
import { openBench, type Bench } from '../support/engine.ts'
import { openSession } from '../support/tui-session.ts'

let bench: Bench
afterEach(() => bench.close())

const URL = 'https://www.inmuebles24.com'
const LISTS = ['Zapopan', 'Tonala'].map((city, at) => `Inm24,${city},venta,Casas,${URL}/${at}.html`)

/** Each list has 40 rows and a bad one; in the second batch that of Tonala has 15 and is suspect. Details have 40. */
const SCRIPT = `#!/bin/sh
count=40
[ "$SCRAPER_MODE$SCRAPER_BATCH_ID$SCRAPER_CITY" = urlNov26_02Ton ] && count=15
{ echo id,url,precio
  i=0; while [ $i -lt $count ]; do echo "$i,https://a.mx/$i,$((2000000 + 1000 * i))"; i=$((i + 1)); done
  [ "$SCRAPER_MODE" = url ] && echo "99,two words,2000000"
} > "$SCRAPER_OUTPUT_FILE"
exit 0
`

async function open(url: string): Promise<void> {
  bench = await openBench({
    lists: { 'inm24.csv': LISTS },
    config: {
      notify: { channels: { all: { type: 'webhook', url_env: 'HOOK', on: ['batch_ended', 'alert'] } } },
    },
    messenger: (loaded) => createMessenger(loaded, { clock: systemClock, env: { HOOK: url } }),
  })
  for (const name of ['inm24', 'inm24_det']) {
    const path = join(bench.config.workspace, 'scrapers', `${name}.sh`)
    await writeFile(path, SCRIPT)
    await chmod(path, 0o755)
  }
}

async function run(batch_id: string): Promise<void> {
  bench.clock.advance(60_000)
  await bench.engine.execute({ type: 'start_batch', filter: {} })
  await bench.until((now) => ended(now) && now.batch?.batch_id === batch_id, `the end of ${batch_id}`)
}

async function metrics(): Promise<string> {
  const api = await openApi(bench.engine, { metrics: true })
  const asked = request({ socketPath: api.socket, path: '/metrics' })
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  asked.on('response', resolve).on('error', reject).end()
  const body = await text(await promise)
  await api.close()
  return body
}

test('a batch has the same rows everywhere: lists and details, without the quarantine, with what is suspect', async () => {
  const sink = await httpSink()
  await open(sink.url)
  await run('Nov26_01')
  await run('Nov26_02')
  // Two lists and two details of 40; then a list of 15 that is suspect, so that its details are skipped.
  const [first, second] = [160, 95]

  const { batch, sites } = await bench.engine.query({ type: 'overview' })
  expect(batch).toMatchObject({ batch_id: 'Nov26_02', rows: second, outputs: { suspect: 1 } })
  expect(sites.map(({ rows }) => rows)).toEqual([second])
  const { batches } = await bench.engine.query({ type: 'batches', offset: 0, limit: 9 })
  expect(batches.map(({ rows }) => rows)).toEqual([second, first])
  const { tasks } = await bench.engine.query({
    type: 'tasks',
    filter: { batch: 'Nov26_02' },
    offset: 0,
    limit: 9,
  })
  expect(tasks.reduce((sum, task) => sum + task.data_records_extracted, 0)).toBe(second)
  const diff = await bench.engine.query({
    type: 'diff',
    from: 'Nov26_01',
    to: 'Nov26_02',
    offset: 0,
    limit: 9,
  })
  expect(diff.rows).toEqual({ from: first, to: second })
  const body = await metrics()
  expect(body).toContain(`zafra_batch_rows{site="Inm24"} ${second}`)
  expect(body).toContain('zafra_outputs{check="suspect",site="Inm24"} 1')
  expect(body).toContain('zafra_outputs{check="incomplete",site="Inm24"} 0')

  await sink.until(3)
  const notices = sink.received.map((each) => JSON.parse(each.body) as Notice)
  const digests = notices.flatMap((notice) => (notice.event === 'batch_ended' ? [notice] : []))
  expect(digests.map(({ digest }) => [digest.rows, digest.sites.map(({ rows }) => rows)])).toEqual([
    [first, [first]],
    [second, [second]],
  ])

  const tui = await openSession(await bench.engine.query({ type: 'overview' }), { columns: 120, rows: 30 })
  tui.engine.answers.batches = await bench.engine.query({ type: 'batches', offset: 0, limit: 9 })
  await tui.press('4')
  await tui.rest()
  expect(tui.selected()).toMatch(new RegExp(`Nov26_02 .* ${second} `))

  const cwd = bench.config.workspace
  await bench.engine.close()
  const facts = async (...args: string[]) =>
    JSON.parse((await inProcess([...args, '--json'], { cwd })).stdout) as object
  expect(await facts('status')).toMatchObject({ batch: { rows: second } })
  expect(await facts('batches')).toMatchObject({ batches: [{ rows: second }, { rows: first }] })
  expect(await facts('diff', 'Nov26_01', 'Nov26_02')).toMatchObject({ rows: { from: first, to: second } })
})
