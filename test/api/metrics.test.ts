import { request, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { openApi, type TestApi } from '../support/api.ts'
import { openBench, type Bench } from '../support/engine.ts'

let bench: Bench
let api: TestApi
afterEach(async () => {
  await api.close()
  await bench.close()
})

const row = (at: number, does = '') =>
  `CyT,Zapopan,venta,${['Casas', 'Departamentos', 'Terrenos'][at]},https://www.casasyterrenos.com/${at}?${does}`

async function get(path: string): Promise<{ status: number; type: string; body: string }> {
  const asked = request({ socketPath: api.socket, path })
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  asked.on('response', resolve).on('error', reject).end()
  const response = await promise
  const type = response.headers['content-type'] ?? ''
  return { status: response.statusCode ?? 0, type, body: await text(response) }
}

/** The samples of a text, by name and labels as written. */
function samples(body: string): Map<string, number> {
  return new Map(
    body
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  )
}

async function open(rows: string[], metrics = true): Promise<void> {
  bench = await openBench({ lists: { 'cyt.csv': rows } })
  api = await openApi(bench.engine, { metrics })
}

test('the figures of a batch, in the text format', async () => {
  await open([row(0), row(1, '1=75'), row(2, '1=76')])
  await bench.engine.execute({ type: 'start_batch', filter: {} })
  await bench.until(({ batch }) => batch?.counts.permanently_failed === 1 && batch.counts.retrying === 1)
  const { status, type, body } = await get('/metrics')
  expect(status).toBe(200)
  expect(type).toContain('text/plain; version=0.0.4')
  const during = samples(body)
  expect(Object.fromEntries(during)).toMatchObject({
    'zafra_tasks{status="completed",site="CyT"}': 1,
    'zafra_tasks{status="retrying",site="CyT"}': 1,
    'zafra_tasks{status="running",site="CyT"}': 0,
    'zafra_queue_depth{site="CyT"}': 1,
    'zafra_attempts_total{outcome="completed",error_class=""}': 1,
    'zafra_attempts_total{outcome="failed",error_class="transient"}': 1,
    'zafra_attempts_total{outcome="failed",error_class="layout_changed"}': 1,
    'zafra_attempt_duration_seconds_count{site="CyT"}': 3,
    'zafra_rows_total{site="CyT"}': 2,
    'zafra_batch_info{batch_id="Nov26_01",status="running"}': 1,
    [`zafra_build_info{version="1.2.3",node="${process.version}"}`]: 1,
  })
  expect(during.get('zafra_output_bytes_total{site="CyT"}')).toBeGreaterThan(20)
  expect(during.get('zafra_journal_append_duration_seconds_count')).toBeGreaterThan(5)
  expect(during.get('zafra_event_loop_lag_seconds{stat="p99"}')).toBeGreaterThanOrEqual(0)
  expect(during.get('process_resident_memory_bytes')).toBeGreaterThan(10_000_000)

  bench.clock.advance(61_000)
  await bench.until(({ batch }) => batch?.status === 'completed')
  const after = samples((await get('/metrics')).body)
  expect(after.get('zafra_tasks{status="completed",site="CyT"}')).toBe(2)
  expect(after.get('zafra_queue_depth{site="CyT"}')).toBe(0)
  expect(after.get('zafra_rows_total{site="CyT"}')).toBe(4)
  expect(after.has('zafra_batch_info{batch_id="Nov26_01",status="running"}')).toBe(false)
})

test('an attempt that already ran is counted when it ends; a cancelled one too', async () => {
  bench = await openBench({ lists: { 'cyt.csv': [row(0, '1=hang')] } })
  await bench.engine.execute({ type: 'start_batch', filter: {} })
  await bench.until(({ running }) => running.length === 1)
  api = await openApi(bench.engine, { metrics: true })
  await get('/metrics')
  await bench.engine.execute({ type: 'cancel', filter: { status: ['running'] } })
  const { body } = await get('/metrics')
  expect(samples(body).get('zafra_attempts_total{outcome="cancelled",error_class=""}')).toBe(1)
})

test('each name follows the conventions, and two scrapes at once do not disturb each other', async () => {
  await open([row(0)])
  const [one, two] = await Promise.all([get('/metrics'), get('/metrics')])
  const names = (body: string) =>
    [...body.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type] as const)
  expect(names(one.body)).toEqual(names(two.body))
  for (const [name, type] of names(one.body)) {
    expect(name).toMatch(/^(?:zafra|process)_[a-z_]+$/)
    expect(name?.endsWith('_total')).toBe(type === 'counter')
    expect(type !== 'histogram' || name?.endsWith('_seconds')).toBe(true)
  }
})

test('where they are not asked for there are none', async () => {
  await open([row(0)], false)
  expect((await get('/metrics')).status).toBe(404)
  expect((await get('/metrics/dashboard')).status).toBe(404)
})

test('the dashboard, which an engine gives away, asks for nothing that is not there', async () => {
  await open([row(0)])
  const { body } = await get('/metrics')
  const known = new Set([...body.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name))
  const { body: dashboard } = await get('/metrics/dashboard')
  expect(JSON.parse(dashboard)).toMatchObject({ title: expect.any(String), panels: expect.any(Array) })
  const asked = [...dashboard.matchAll(/\b(?:zafra|process)_[a-z_]+/g)].map(([name]) => name)
  expect(asked.length).toBeGreaterThan(15)
  expect(asked.filter((name) => !known.has(name.replace(/_bucket$/, '')))).toEqual([])
})
