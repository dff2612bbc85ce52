import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test } from 'vitest'
import type { Notice } from '../../src/domain/notice.ts'
import { systemClock } from '../../src/cli/system-clock.ts'
import type { Overview } from '../../src/domain/query.ts'
import { createMessenger } from '../../src/notify/index.ts'
import { httpSink, type HttpSink } from '../notify/support.ts'
import { faultyDisk } from '../store/faulty-disk.ts'
import { openBench, type Bench } from '../support/engine.ts'

let bench: Bench
afterEach(() => bench.close())

const PATH = '/hooks/s3cret-of-the-tests'
const KEY = 'k3y-of-the-tests'

const row = (at: number, does = '') =>
  `CyT,Zapopan,venta,${['Casas', 'Departamentos', 'Terrenos'][at]},https://www.casasyterrenos.com/${at}?${does}`

const ended = ({ batch }: Overview) => batch !== null && batch.status !== 'running'

type Options = Omit<Parameters<typeof openBench>[0], 'lists'>

/** An engine that tells sinks, one per channel, each by a webhook whose URL and key are secrets. */
async function telling(
  rows: string[],
  channels: Record<string, { sink: HttpSink; on: Notice['event'][] }>,
  { config = {}, ...options }: Options = {},
): Promise<Bench> {
  const env: Record<string, string> = { KEY }
  const notify: Record<string, unknown> = {}
  for (const [name, { sink, on }] of Object.entries(channels)) {
    env[name.toUpperCase()] = sink.url + PATH
    notify[name] = { type: 'webhook', url_env: name.toUpperCase(), secret_env: 'KEY', on }
  }
  return openBench({
    lists: { 'cyt.csv': rows },
    config: { notify: { channels: notify, give_up_after: 3600 }, ...config },
    // A try has its time by the real clock, so that a test can move the engine's while one is on its way.
    messenger: (loaded) => createMessenger(loaded, { clock: systemClock, env }),
    ...options,
  })
}

const start = () => bench.engine.execute({ type: 'start_batch', filter: {} })

function told(sink: HttpSink): (Notice & { delivery: string })[] {
  return sink.received.map(({ body }) => JSON.parse(body) as Notice & { delivery: string })
}

type Row = {
  channel: string
  event: string
  state: string
  tries: number
  reason: string | null
}

/** The outbox as it is on the disk; the engine is closed. */
async function outbox(): Promise<Row[]> {
  await bench.engine.close()
  const database = new DatabaseSync(bench.config.database.path, { readOnly: true })
  const rows = database.prepare('SELECT channel, event, state, tries, reason FROM outbox ORDER BY seq').all()
  database.close()
  return rows.map((each) => ({ ...each })) as Row[]
}

test('a task is told of after its last attempt and not before, and once', async () => {
  const sink = await httpSink()
  bench = await telling(
    [row(0, '1=75&2=75')],
    { ops: { sink, on: ['task_failed', 'batch_ended'] } },
    {
      config: { execution: { max_attempts: 2, retry_delay: 60, retry_jitter: 0 } },
    },
  )
  await start()
  await bench.until(({ batch }) => batch?.counts.retrying === 1, 'the first failure')
  expect(sink.received).toEqual([])
  bench.clock.advance(61_000)
  await bench.until(ended)
  await sink.until(2)
  expect(told(sink).map(({ event }) => event)).toEqual(['task_failed', 'batch_ended'])
  expect(told(sink)[0]).toMatchObject({
    batch_id: 'Nov26_01',
    attempts: 2,
    error_class: 'transient',
    task: { website: 'CyT', city: 'Zap', task_id: expect.any(Number) },
  })
  expect(await outbox()).toEqual([
    { channel: 'ops', event: 'task_failed', state: 'sent', tries: 0, reason: null },
    { channel: 'ops', event: 'batch_ended', state: 'sent', tries: 0, reason: null },
  ])
})

test('a batch ends in one digest, against the batch before; what had failed for good is fine again', async () => {
  const sink = await httpSink()
  const lines = { findings: Array.from({ length: 30 }, (_, at) => `finding ${at}`), diff: ['CyT: 1 new'] }
  bench = await telling(
    [row(0), row(1, '1=76'), row(2, '1=76')],
    { ops: { sink, on: ['batch_started', 'batch_ended', 'recovered'] } },
    { digests: { lines: () => Promise.resolve(lines) } },
  )
  await start()
  await bench.until(ended)
  await sink.until(2)
  const list = join(bench.config.paths.urls, 'cyt.csv')
  const before = await readFile(list, 'utf8')
  await writeFile(list, before.replace('1?1=76', '1?'))
  bench.clock.advance(60_000)
  await start()
  await bench.until((now) => now.batch?.batch_id === 'Nov26_02' && ended(now))
  await sink.until(5)
  const [started, first, , second, recovered] = told(sink)
  expect(started).toMatchObject({ event: 'batch_started', batch_id: 'Nov26_01', tasks: 3 })
  expect(first).toMatchObject({
    event: 'batch_ended',
    digest: {
      status: 'completed',
      total_tasks: 3,
      counts: { completed: 1, permanently_failed: 2 },
      rows: 2,
      previous: null,
      sites: [{ site: 'CyT', completed: 1, failed: 2, rows: 2 }],
      failures: [{ error_class: 'layout_changed', tasks: 2, sites: ['CyT'] }],
      longest: [{ website: 'CyT', product: 'Cas' }],
      diff: ['CyT: 1 new'],
    },
  })
  expect((first as { digest: { findings: string[] } }).digest.findings).toEqual([
    ...lines.findings.slice(0, 19),
    'and 11 more',
  ])
  expect(second).toMatchObject({
    digest: {
      counts: { completed: 2, permanently_failed: 1 },
      rows: 4,
      previous: { batch_id: 'Nov26_01', rows: 2, completed_tasks: 1 },
    },
  })
  expect(recovered).toMatchObject({
    event: 'recovered',
    of: { what: 'tasks', batch_id: 'Nov26_02', total: 1, tasks: [{ product: 'Dep' }] },
  })
})

test('a digest does not wait for ever for what others find out, nor does the batch', async () => {
  const sink = await httpSink()
  bench = await telling(
    [row(0)],
    { ops: { sink, on: ['batch_ended'] } },
    {
      digests: { lines: () => new Promise(() => {}) },
    },
  )
  await start()
  await bench.until(ended)
  await bench.until(() => {
    bench.clock.advance(5_000)
    return sink.received.length === 1
  })
  expect(told(sink)).toMatchObject([{ digest: { findings: [], diff: [] } }])
})

test('a task that is fine again after the operator retried it is told of; one that was only retried is not', async () => {
  const sink = await httpSink()
  bench = await telling([row(0, '1=76'), row(1, '1=75')], { ops: { sink, on: ['recovered'] } })
  await start()
  await bench.until(({ batch }) => batch?.counts.permanently_failed === 1 && batch.counts.retrying === 1)
  bench.clock.advance(61_000)
  await bench.until(ended)
  await bench.engine.execute({ type: 'retry', filter: { status: ['permanently_failed'] } })
  await bench.engine.execute({ type: 'resume_batch' }).catch(() => {})
  await bench.until(({ batch }) => batch?.counts.completed === 2)
  await sink.until(1)
  expect(told(sink)).toMatchObject([{ of: { what: 'tasks', total: 1, tasks: [{ product: 'Cas' }] } }])
  expect(await outbox()).toHaveLength(1)
})

test('a cancelled batch is told of as what it becomes', async () => {
  const sink = await httpSink()
  bench = await telling([row(0), row(1, '1=hang'), row(2)], { ops: { sink, on: ['batch_ended'] } })
  await start()
  await bench.until((now) => now.running.some(({ product }) => product === 'Dep'))
  await bench.engine.execute({ type: 'cancel_batch', batch_id: 'Nov26_01' })
  await sink.until(1)
  expect(told(sink)).toMatchObject([
    { digest: { status: 'cancelled', counts: { completed: 1, cancelled: 2, running: 0, pending: 0 } } },
  ])
})

test('a crash between sending and marking sends again, under the same id', async () => {
  const sink = await httpSink()
  sink.answers.push('nothing')
  const channels = { ops: { sink, on: ['batch_ended' as const] } }
  const first = await telling([row(0)], channels)
  bench = first
  await start()
  await sink.until(1)
  // What a dead engine leaves behind: the files as they are while it waits for the answer.
  const { workspace } = first.config
  bench = await telling([row(0)], channels, { from: workspace })
  await sink.until(2)
  const [one, two] = told(sink)
  expect(two?.delivery).toBe(one?.delivery)
  expect(await outbox()).toMatchObject([{ state: 'sent', tries: 0 }])
  const closing = first.close()
  await settled(closing, () => first.clock.advance(5_000))
})

/** Moves time on until `promise` is done. */
async function settled(promise: Promise<unknown>, move: () => void): Promise<void> {
  const deadline = Date.now() + 15_000
  const not = Symbol('not yet')
  const soon = () => new Promise<typeof not>((again) => setImmediate(again, not))
  while ((await Promise.race([promise, soon()])) === not) {
    if (Date.now() > deadline) throw new Error('it does not end')
    move()
  }
}

test('what could not be sent waits for its time, in order, and holds up no other channel', async () => {
  const [slow, quick] = [await httpSink(), await httpSink()]
  slow.answers.push({ status: 503 }, { status: 429, headers: { 'retry-after': '600' } })
  const on: Notice['event'][] = ['batch_started', 'batch_ended']
  bench = await telling([row(0)], { slow: { sink: slow, on }, quick: { sink: quick, on } })
  await start()
  await bench.until(ended)
  await quick.until(2)
  await slow.until(1)
  await moved(() => slow.received.length === 2, 30_000)
  // The receiver's word goes before our own, which would be a minute.
  await moved(() => slow.received.length > 2, 60_000, 5).catch(() => {})
  expect(slow.received).toHaveLength(2)
  await moved(() => slow.received.length === 4, 60_000)
  expect(told(slow).map(({ event }) => event)).toEqual([
    'batch_started',
    'batch_started',
    'batch_started',
    'batch_ended',
  ])
  expect(await outbox()).toMatchObject([
    { channel: 'slow', event: 'batch_started', state: 'sent', tries: 2 },
    { channel: 'quick', event: 'batch_started', state: 'sent', tries: 0 },
    { channel: 'slow', event: 'batch_ended', state: 'sent', tries: 0 },
    { channel: 'quick', event: 'batch_ended', state: 'sent', tries: 0 },
  ])
})

/** Moves time on by `step`, at most so often, until `holds`; the work in between is real. */
async function moved(holds: () => boolean, step: number, times = 30): Promise<void> {
  for (let left = times; left > 0; left--) {
    const deadline = Date.now() + 200
    while (Date.now() < deadline) {
      if (holds()) return
      await new Promise((again) => setTimeout(again, 5))
    }
    bench.clock.advance(step)
  }
  if (!holds()) throw new Error('it did not come about')
}

test('a notice that nobody takes is given up after its time with the reason; the engine has said so meanwhile', async () => {
  const sink = await httpSink()
  for (let at = 0; at < 30; at++) sink.answers.push({ status: 500, body: `${PATH} is broken` })
  bench = await telling([row(0)], { ops: { sink, on: ['batch_ended'] } })
  await start()
  await bench.until(ended)
  await moved(() => sink.received.length >= 3, 130_000)
  const { alerts } = await bench.until(({ alerts: now }) => now.length > 0, 'an alert')
  expect(alerts).toEqual([
    { code: 'notify', message: 'channel ops: takes no notices: the answer was 500: ****** is broken' },
  ])
  await bench.until(({ alerts: [alert] }) => {
    bench.clock.advance(60_000)
    return alert?.message.includes('was given up') === true
  })
  const rows = await outbox()
  expect(rows).toMatchObject([{ state: 'given_up', reason: 'the answer was 500: ****** is broken' }])
  expect(rows[0]?.tries).toBeGreaterThan(3)
})

test('a notice that is not wanted is given up at once, and the next one goes', async () => {
  const sink = await httpSink()
  sink.answers.push({ status: 400 })
  bench = await telling([row(0)], { ops: { sink, on: ['batch_started', 'batch_ended'] } })
  await start()
  await bench.until(ended)
  await sink.until(2)
  expect(await outbox()).toMatchObject([
    { state: 'given_up', reason: 'the answer was 400' },
    { state: 'sent' },
  ])
})

test('an end that cannot be told at once waits for the next engine, and a channel that is gone for nothing', async () => {
  const [gone, down] = [await httpSink(), await httpSink()]
  for (const { answers } of [gone, down]) answers.push({ status: 503 })
  const on: Notice['event'][] = ['batch_ended']
  bench = await telling([row(0)], { gone: { sink: gone, on }, down: { sink: down, on } })
  await start()
  await bench.until(ended)
  await bench.engine.close()
  const { workspace } = bench.config
  const closed = bench
  bench = await telling([row(0)], { down: { sink: down, on } }, { from: workspace })
  bench.clock.advance(31_000)
  await down.until(2)
  expect(await outbox()).toMatchObject([
    { channel: 'gone', state: 'given_up', reason: 'zafra.yaml has no channel gone' },
    { channel: 'down', state: 'sent', tries: 1 },
  ])
  await closed.close()
})

test('the end of the engine waits for what is due, but not for ever', async () => {
  const sink = await httpSink()
  sink.answers.push('nothing')
  bench = await telling([row(0)], { ops: { sink, on: ['batch_ended'] } })
  await start()
  await bench.until(ended)
  await settled(bench.engine.close(), () => bench.clock.advance(1_000))
  expect(await outbox()).toMatchObject([{ state: 'queued', tries: 0, reason: null }])
})

test('what was sent long ago is forgotten', async () => {
  const sink = await httpSink()
  bench = await telling([row(0)], { ops: { sink, on: ['batch_ended'] } })
  for (const [at, days] of [29, 3, 0].entries()) {
    await start()
    await bench.until(() => sink.received.length === at + 1, 'a digest')
    bench.clock.advance(days * 24 * 3600 * 1000)
  }
  expect(await outbox()).toHaveLength(2)
})

test('no secret reaches the database, a log or an event', async () => {
  const sink = await httpSink()
  sink.answers.push({ status: 500, body: `you asked for ${PATH} with ${KEY}` })
  bench = await telling([row(0), row(1, '1=76')], {
    ops: { sink, on: ['batch_started', 'batch_ended', 'task_failed'] },
  })
  await start()
  await bench.until(ended)
  await sink.until(1)
  await bench.engine.close()
  expect(sink.received[0]?.path).toBe(PATH)
  const said = [JSON.stringify(bench.events)]
  const entries = await readdir(bench.config.workspace, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    if (entry.isFile()) said.push(await readFile(join(entry.parentPath, entry.name), 'latin1'))
  }
  expect(said.join('')).toContain('batch_ended')
  expect(said.join('')).not.toMatch(/s3cret-of-the-tests|k3y-of-the-tests/)
})

test('an alert is told of when it lasts, and when it is over; a short one is not', async () => {
  const sink = await httpSink()
  bench = await telling([row(0, '1=hang'), row(1)], { ops: { sink, on: ['alert', 'recovered'] } })
  const low = { cpu_percent: 0, memory_percent: 0, free_disk_bytes: 1 }
  const enough = { ...bench.load }
  const alerted = (now: Overview) => now.alerts.some(({ code }) => code === 'disk')
  Object.assign(bench.load, low)
  await start()
  const standing = () => bench.until((now) => (bench.clock.advance(2_000), alerted(now)), 'the alert')
  const over = () => bench.until((now) => (bench.clock.advance(2_000), !alerted(now)), 'its end')
  await standing()
  Object.assign(bench.load, enough)
  await over()
  const [hanging] = await bench.tasks('running')
  Object.assign(bench.load, low)
  await bench.engine.execute({ type: 'cancel', filter: { ids: [hanging?.id ?? 0] } })
  await standing()
  bench.clock.advance(61_000)
  await sink.until(1)
  Object.assign(bench.load, enough)
  await over()
  await sink.until(2)
  expect(told(sink)).toMatchObject([
    { event: 'alert', code: 'disk', message: expect.stringContaining('of disk free') },
    { event: 'recovered', of: { what: 'alert', code: 'disk' } },
  ])
})

test('an alert that an engine told of is over when the next one does not come upon it, and not before it could', async () => {
  const sink = await httpSink()
  const channels = { ops: { sink, on: ['alert', 'recovered'] as Notice['event'][] } }
  bench = await telling([row(0, '1=hang')], channels)
  await start()
  await bench.until((now) => now.running.length === 1)
  await bench.reopen()
  bench.clock.advance(61_000)
  await sink.until(1)
  // It stands in the next engine as well, and is told of no more.
  await bench.reopen()
  bench.clock.advance(61_000)
  await bench.engine.close()
  const before = new DatabaseSync(bench.config.database.path)
  before.exec("UPDATE execution_batches SET status = 'cancelled'")
  before.close()
  await bench.reopen()
  bench.clock.advance(59_000)
  await bench.engine.query({ type: 'overview' })
  expect(sink.received).toHaveLength(1)
  bench.clock.advance(2_000)
  await sink.until(2)
  expect(told(sink)).toMatchObject([
    { event: 'alert', code: 'interrupted' },
    { event: 'recovered', of: { what: 'alert', code: 'interrupted' } },
  ])
})

test('a disk that refuses the outbox itself is told of all the same', async () => {
  const disk = faultyDisk()
  const sink = await httpSink()
  bench = await telling([row(0), row(1)], { ops: { sink, on: ['alert'] } }, { files: disk.files })
  disk.full = true
  await start().catch(() => {})
  await bench.until(({ alerts }) => alerts.some(({ code }) => code === 'storage'))
  bench.clock.advance(61_000)
  await sink.until(1)
  expect(told(sink)).toMatchObject([{ event: 'alert', code: 'storage' }])
  disk.full = false
})

test('a site that is paused, and one that goes on', async () => {
  const sink = await httpSink()
  bench = await telling(
    [row(0, '1=77')],
    { ops: { sink, on: ['alert', 'recovered'] } },
    {
      config: { sites: { CyT: { pause_after_blocked: 1, pause: 600 } } },
    },
  )
  await start()
  await sink.until(1)
  await bench.until((now) => {
    bench.clock.advance(60_000)
    return ended(now)
  })
  await sink.until(2)
  expect(told(sink)).toMatchObject([
    {
      event: 'alert',
      code: 'paused',
      message: expect.stringMatching(/^site CyT is paused until .* UTC: blocked$/),
    },
    { event: 'recovered', of: { what: 'site', site: 'CyT', reason: 'blocked' } },
  ])
})

test('a site that waits as its portal asked: once, however often it is asked, and when it goes on', async () => {
  const sink = await httpSink()
  bench = await telling(
    [row(0, '1=ask600'), row(1, '1=ask900')],
    { ops: { sink, on: ['alert', 'recovered'] } },
    { config: { execution: { per_site: 2 } } },
  )
  await start()
  await sink.until(1)
  await bench.until((now) => {
    bench.clock.advance(60_000)
    return ended(now)
  })
  await sink.until(2)
  expect(told(sink)).toMatchObject([
    {
      event: 'alert',
      code: 'paused',
      message: expect.stringMatching(/^site CyT waits until .* UTC: the portal asked/),
    },
    {
      event: 'recovered',
      of: { what: 'site', site: 'CyT', reason: expect.stringContaining('the portal asked') },
    },
  ])
})
