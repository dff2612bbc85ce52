import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { systemClock } from '../../src/cli/system-clock.ts'
import type { TaskFilter } from '../../src/domain/filter.ts'
import { openSnapshot } from '../../src/store/index.ts'
import { inProcess } from '../cli/in-process.ts'
import type { Bench } from '../support/engine.ts'
import { ended, harvest, LIST, openHarvest } from './harvest.ts'

let bench: Bench
afterEach(() => bench.close())

async function openWith(...of: Parameters<typeof openHarvest>): Promise<void> {
  bench = await openHarvest(...of)
}

/** A list and its details are there, the list at the second attempt. */
const ONE_MENDED = { completed: 2, suspect: 0, accepted: 0, failed: 0, mended: 1 }

const run = (batch_id: string) => harvest(bench, batch_id)

const told = async () => (await readFile(join(bench.config.workspace, 'told'), 'utf8')).trim().split('\n')
const statuses = async (batch: string) => {
  const { tasks } = await bench.engine.query({ type: 'tasks', filter: { batch }, offset: 0, limit: 10 })
  return tasks.map(({ scraper_name, status }) => `${scraper_name} ${status}`)
}
const checks = (batch_id: string) => bench.engine.query({ type: 'checks', batch_id, offset: 0, limit: 10 })

test('a detail task waits on a list that is not in doubt; accepting one lets it run, also after its batch ended', async () => {
  await openWith({ 'Nov26_01-1': 'list 100 0', 'Nov26_02-1': 'list 40 0', 'Nov26_03-1': 'list 100 0' })
  await run('Nov26_01')
  expect(await statuses('Nov26_01')).toEqual(['inm24 completed', 'inm24_det completed'])
  await run('Nov26_02')
  expect(await statuses('Nov26_02')).toEqual(['inm24 completed', 'inm24_det skipped'])
  expect((await bench.engine.query({ type: 'task', id: 4 })).task.error_message).toBe(
    'the output of its main task is suspect, and not accepted',
  )
  const { counts, doubts } = await checks('Nov26_02')
  expect(counts).toEqual({ completed: 1, suspect: 1, accepted: 0, failed: 0, mended: 0 })
  expect(doubts).toMatchObject([
    { task_id: 3, verdict: 'suspect', findings: [{ code: 'rows' }], accepted_at: null },
  ])

  expect(await bench.engine.execute({ type: 'accept', filter: { ids: [3] } })).toEqual({
    changed: 1,
    refused: [],
  })
  await bench.until(ended)
  expect(await statuses('Nov26_02')).toEqual(['inm24 completed', 'inm24_det completed'])
  expect((await checks('Nov26_02')).counts).toMatchObject({ suspect: 0, accepted: 1 })
  const again = await bench.engine.execute({ type: 'accept', filter: { ids: [3, 1, 99] } })
  expect(again.refused.map(({ id }) => id)).toEqual([3, 1, 99])
})

test('suspect data never stands for good data: it is neither the previous file nor what rows are held against', async () => {
  await openWith({ 'Nov26_01-1': 'list 100 0', 'Nov26_02-1': 'list 40 0', 'Nov26_03-1': 'list 45 0' })
  for (const batch of ['Nov26_01', 'Nov26_02', 'Nov26_03']) await run(batch)
  const files = (await told()).map((line) => line.split('/').at(-1))
  expect(files.slice(1)).toEqual(['Inm24URL_Zap_Ven_Cas_Nov26_01.csv', 'Inm24URL_Zap_Ven_Cas_Nov26_01.csv'])
  const { doubts } = await checks('Nov26_03')
  expect(doubts[0]?.findings[0]?.numbers).toEqual({ rows: 45, median: 100 })
})

test('by a filter every suspect output of the batch is accepted', async () => {
  const lists = [...LIST, 'Inm24,Zapopan,venta,Terrenos,https://www.inmuebles24.com/1.html']
  await openWith({ 'Nov26_01-1': 'list 100 0', 'Nov26_02-1': 'list 40 0' }, lists)
  await run('Nov26_01')
  await run('Nov26_02')
  const accepted = await bench.engine.execute({ type: 'accept', filter: { product: 'Terr' } })
  expect(accepted).toEqual({ changed: 1, refused: [] })
  expect((await checks('Nov26_02')).counts).toMatchObject({ suspect: 1, accepted: 1 })
})

test('a suspect output that the operator does not take is fetched again, and stands for nothing meanwhile', async () => {
  await openWith({ 'Nov26_01-1': 'list 100 0', 'Nov26_02-1': 'list 40 0', 'Nov26_02-2': 'list 90 0' })
  await run('Nov26_01')
  await run('Nov26_02')
  const retry = (filter: TaskFilter) => bench.engine.execute({ type: 'retry', filter })
  // By a filter nothing that completed is done again, and what is not in doubt not even by id.
  expect(await retry({ batch: 'Nov26_02' })).toEqual({ changed: 0, refused: [] })
  expect(await retry({ ids: [1, 3] })).toEqual({
    changed: 1,
    refused: [{ id: 1, reason: expect.stringContaining('completed') as string }],
  })
  await bench.until(ended)
  expect(await statuses('Nov26_02')).toEqual(['inm24 completed', 'inm24_det completed'])
  const { task, attempts } = await bench.engine.query({ type: 'task', id: 3 })
  expect(task).toMatchObject({ attempts: 1, data_records_extracted: 90 })
  expect(attempts).toMatchObject([
    { outcome: 'cancelled', verdict: 'failed', rows: 40 },
    { outcome: 'completed', verdict: 'ok', rows: 90 },
  ])
  expect((await checks('Nov26_02')).counts).toEqual(ONE_MENDED)
  const diff = await bench.engine.query({
    type: 'diff',
    from: 'Nov26_01',
    to: 'Nov26_02',
    offset: 0,
    limit: 9,
  })
  expect(diff.sum).toMatchObject({ before: 100, after: 90, gone: 0, unseen: 10 })
  expect(await bench.engine.execute({ type: 'accept', filter: { ids: [3] } })).toMatchObject({ changed: 0 })
})

test('a refused output fails its attempt, which is tried again from the beginning', async () => {
  await openWith({ 'Nov26_01-1': 'list 100 0', 'Nov26_02-1': 'list 2 0', 'Nov26_02-2': 'list 90 0' })
  await run('Nov26_01')
  await bench.engine.execute({ type: 'start_batch', filter: {} })
  await bench.until(({ batch }) => batch?.counts.retrying === 1, 'the retry')
  const { task, attempts } = await bench.engine.query({ type: 'task', id: 3 })
  expect(task).toMatchObject({
    error_class: 'output',
    error_message: expect.stringContaining('2 rows') as string,
  })
  expect(attempts).toMatchObject([
    { outcome: 'failed', verdict: 'failed', findings: [{ code: 'rows', verdict: 'failed' }] },
  ])
  expect(existsSync(join(bench.config.workspace, task.output_path))).toBe(false)
  expect((await checks('Nov26_02')).counts).toMatchObject({ failed: 1, mended: 0 })
  bench.clock.advance(3_600_000)
  await bench.until(ended)
  expect(await statuses('Nov26_02')).toEqual(['inm24 completed', 'inm24_det completed'])
  expect((await checks('Nov26_02')).counts).toEqual(ONE_MENDED)
  await bench.engine.close()
  const { status, stdout, stderr } = await inProcess(['check'], { cwd: bench.config.workspace })
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('mended\trows\t2 rows') })
  expect(stderr).toContain('0 attempts refused; 1 attempt refused earlier, delivered since')
  const reads = await openSnapshot(bench.config.database.path, systemClock)
  const page = { offset: 0, limit: 9 }
  expect(await reads.doubtful('Nov26_02', page)).toMatchObject({ doubts: [{ mended: true }] })
  expect(await reads.doubtful('Nov26_02', { ...page, standing: true })).toMatchObject({ doubts: [] })
  await reads.close()
})

test('two batches are told apart: listings, prices, lists and what nobody can know', async () => {
  await openWith({ 'Nov26_01-1': 'list 100 0', 'Nov26_02-1': 'list 95 7', 'Nov26_03-1': 'list 40 7' })
  await run('Nov26_01')
  const lists = [...LIST, 'Inm24,Tonala,venta,Casas,https://www.inmuebles24.com/new.html']
  const header = 'PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL'
  await writeFile(join(bench.config.paths.urls, 'inm24.csv'), [header, ...lists, ''].join('\n'))
  await run('Nov26_02')
  await run('Nov26_03')
  const diff = (from: string, to: string, more = {}) =>
    bench.engine.query({ type: 'diff', from, to, offset: 0, limit: 10, ...more })

  const view = await diff('Nov26_01', 'Nov26_02', { listings: { kind: 'unseen', offset: 3, limit: 10 } })
  expect(view.sum).toMatchObject({ before: 100, after: 95, new: 0, gone: 0, unseen: 5, up: 95, down: 0 })
  expect(view.combinations.map(({ city, note, unseen }) => [city, note, unseen])).toEqual([
    ['Zap', null, 5],
    ['Ton', 'earlier batch: not in its lists', null],
  ])
  expect(view.urls).toEqual({
    added: 1,
    gone: 0,
    added_urls: ['https://www.inmuebles24.com/new.html'],
    gone_urls: [],
  })
  expect(view.listings).toMatchObject({
    total: 5,
    listings: [{ kind: 'unseen', id: '98', city: 'Zap' }, { id: '99' }],
  })
  expect(view.sites).toMatchObject([{ website: 'Inm24', tasks: 2, slower: false }])
  const [tonala, zapopan] = [
    await diff('Nov26_01', 'Nov26_02', { filter: { city: 'Ton' } }),
    await diff('Nov26_01', 'Nov26_02', { filter: { city: 'Zap' } }),
  ]
  expect([tonala.total, tonala.urls.added, zapopan.total, zapopan.urls.added]).toEqual([1, 1, 1, 0])
  const { combinations } = await diff('Nov26_01', 'Nov26_02', { filter: { match: 'NEW.html' } })
  expect(combinations.map(({ city }) => city)).toEqual(['Ton'])

  const found = async (search: string) =>
    (await diff('Nov26_01', 'Nov26_02', { listings: { kind: 'up', offset: 1, limit: 2, search } })).listings
  expect(await found('a.mx/1')).toMatchObject({ total: 11, listings: [{ id: '10' }, { id: '11' }] })
  expect(await found('city:Zap variant:1 !url:mx/1 inm24')).toMatchObject({
    total: 84,
    listings: [{ id: '2' }, {}],
  })
  expect(await found('city:Zap variant:2')).toEqual({ total: 0, listings: [] })
  await expect(found('rows:3')).rejects.toMatchObject({ code: 'usage' })

  const doubtful = await diff('Nov26_02', 'Nov26_03', { filter: { city: 'Zap' } })
  expect(doubtful.sum).toMatchObject({ new: 0, gone: 0 })
  expect(doubtful.combinations).toMatchObject([
    { before: 95, after: 40, gone: null, note: 'later batch: its output is suspect' },
  ])
  await expect(diff('Nov26_01', 'Ene99_01')).rejects.toMatchObject({ code: 'not_found' })
})
