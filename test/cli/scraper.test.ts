import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { placeOf, truthOf, usePortals } from '../scrapers/portals.ts'
import { temporaryFolder, writeTree } from '../support/program.ts'
import { inProcess } from './in-process.ts'

const CYT = new URL('../../scrapers/cyt.ts', import.meta.url).pathname
const DETAIL = new URL('../../scrapers/inm24_det.ts', import.meta.url).pathname
const { list, listings } = truthOf(placeOf('CyT', 'Casas', 'guadalajara'))
const INM24 = truthOf(placeOf('Inm24', 'Casas', 'zapopan'))

const portals = usePortals()
const places: Disposable[] = []
afterAll(() => {
  for (const place of places) place[Symbol.dispose]()
})

/** A workspace whose portals are the demo's, for as long as `host_map` is in its zafra.yaml. */
function workspace() {
  const temporary = temporaryFolder()
  places.push(temporary)
  const folder = temporary.path
  const { SCRAPER_HOST_MAP } = portals.given('', list)
  writeTree(folder, {
    'zafra.yaml': `network: { allow_private: true, host_map: ${SCRAPER_HOST_MAP} }\nsites: { CyT: { rate_limit: 0 }, Inm24: { rate_limit: 0 } }\n`,
    'urls/cyt_urls.csv': `PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL\nCasas y Terrenos,Guadalajara,venta,Casas,${list.url}\n`,
  })
  const run = async (...args: string[]) => {
    const { status, stdout, stderr } = await inProcess(['scraper', ...args], { cwd: folder })
    return { status, stderr, json: args.includes('--json') ? JSON.parse(stdout) : undefined, stdout }
  }
  /** From now on nothing but the recording can be reached. */
  const goOffline = () => writeFileSync(join(folder, 'zafra.yaml'), '')
  return { folder, run, goOffline, recording: join(folder, 'recordings/cyt') }
}

describe('recorded pages', () => {
  let place: ReturnType<typeof workspace>
  let recorded: Awaited<ReturnType<typeof place.run>>
  beforeAll(async () => {
    place = workspace()
    recorded = await place.run('record', CYT, '--json')
    place.goOffline()
  })

  /** Changes a file of the recording, for as long as the returned function has not been called. */
  function edit(file: string, change: (text: string) => string): () => void {
    const path = join(place.recording, file)
    const before = readFileSync(path, 'utf8')
    const after = change(before)
    expect(after).not.toBe(before)
    writeFileSync(path, after)
    return () => writeFileSync(path, before)
  }

  test('are plain files: robots.txt, two pages, an index, what was found', () => {
    expect(recorded).toMatchObject({
      status: 0,
      json: { url: list.url, rows: 479, total: list.size, error: null },
    })
    expect(readdirSync(place.recording)).toEqual([
      '000-robots.txt',
      '001.html',
      '002.html',
      'expected.json',
      'index.json',
    ])
    const { pages } = JSON.parse(readFileSync(join(place.recording, 'index.json'), 'utf8'))
    expect(pages[1]).toEqual({
      url: list.url,
      status: 200,
      headers: { 'content-type': expect.stringContaining('text/html') },
      file: '001.html',
      fetched: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    })
    expect(readFileSync(join(place.recording, '001.html'), 'utf8')).toContain(listings[0]!.id)
  })

  test('are read again without the network, with the same result, page by page', async () => {
    const asked = portals.asked.length
    const { status, json } = await place.run('test', CYT, '--json')
    expect({ status, faults: json.faults }).toEqual({ status: 0, faults: [] })
    const { pages, rows, total, coverage, first } = recorded.json
    expect(json).toMatchObject({ pages, rows, total, coverage, first })
    expect(json.pages).toEqual([
      { url: list.url, strategy: 'app_router', rows: 240 },
      // One listing of it was on the first page as well.
      { url: `${list.url}?page=2`, strategy: 'app_router', rows: 239 },
    ])
    expect(json.coverage).toMatchObject({ id: 1, precio: 1 })
    expect(json.first[1]).toEqual(expect.arrayContaining([listings[0]!.id, String(listings[0]!.price)]))
    expect(portals.asked.length).toBe(asked)
  })

  test('tell a person the strategies, the coverage and the first rows', async () => {
    const { stdout, stderr } = await place.run('test', CYT)
    expect(stdout).toMatch(/^240\tapp_router\thttps/m)
    expect(stdout).toMatch(
      new RegExp(`^id\\t100 %\\t100 %\\t${listings[0]!.id}\\t${listings[1]!.id}\\t`, 'm'),
    )
    expect(stderr).toContain(`479 rows of 2 pages; the portal counts ${list.size}`)
  })

  test.each([
    [
      'a column that is no longer found',
      '001.html',
      (text: string) => text.replaceAll('prioritizedPrices', 'precios'),
      /precio is filled in [\d.]+ % of the rows, when recorded in 100 %/,
    ],
    [
      'a page that no strategy reads',
      '001.html',
      () => '<title>Nuevo</title>',
      /no strategy reads https:.*venta/,
    ],
    ['a page without listings', '002.html', () => '<title>Nuevo</title>', /no strategy reads .*page=2/],
    [
      'a page that was not recorded',
      'index.json',
      (text: string) => text.replace('?page=2', '?page=3'),
      /page=2 is not in the recording/,
    ],
    ['a wall', 'index.json', (text: string) => text.replaceAll('"status": 200', '"status": 403'), /blocked/],
    ['an index that is none', 'index.json', () => '{}', /is no index of recorded pages/],
  ])('find %s', async (_, file, change, message) => {
    const restore = edit(file, change)
    try {
      const { status, json } = await place.run('test', CYT, '--json')
      expect(status).toBe(1)
      expect(json.faults.join('\n')).toMatch(message)
    } finally {
      restore()
    }
  })

  test('a folder of somebody else is left alone; an earlier recording is replaced', async () => {
    const own = workspace()
    writeTree(own.folder, { 'mine/thesis.txt': 'x' })
    const refused = await own.run('record', CYT, '-o', 'mine')
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain('thesis.txt, which is no part of a recording')
    await own.run('record', CYT, '--pages', '2')
    const again = await own.run('record', CYT, '--pages', '1')
    expect(again.status).toBe(0)
    expect(readdirSync(own.recording)).not.toContain('002.html')
    // The network is gone: what was recorded is not.
    const files = readdirSync(own.recording)
    own.goOffline()
    const failed = await own.run('record', CYT, '--url', 'http://127.0.0.1:9/', '--json')
    expect(failed).toMatchObject({ status: 1, json: { recorded: false, pages: [] } })
    expect(failed.stderr).toContain(`The earlier recording in ${own.recording} stays`)
    expect(readdirSync(own.recording)).toEqual(files)
    expect(readdirSync(join(own.recording, '..'))).toEqual(['cyt'])
  })
})

test('a built-in scraper is copied to the workspace, and taken from there as it was changed', async () => {
  const place = workspace()
  await place.run('record', 'CyT', '--pages', '1')
  expect(await place.run('copy', 'CyT')).toMatchObject({ status: 0, stdout: 'scrapers/cyt.ts\n' })
  const path = join(place.folder, 'scrapers/cyt.ts')
  writeFileSync(path, readFileSync(path, 'utf8').replace("name: 'app_router'", "name: 'mended'"))
  const { status, json } = await place.run('test', 'CyT', '--json')
  expect({ status, pages: json.pages }).toMatchObject({
    status: 0,
    pages: [{ strategy: 'mended', rows: 240 }],
  })
  const again = await place.run('copy', 'CyT')
  expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining('is there already') })
  const kit = join(place.folder, 'scrapers/kit')
  rmSync(kit)
  symlinkSync('/nowhere/kit', kit)
  const dead = await place.run('test', 'CyT', '--json')
  expect(dead.json.error).toContain("Cannot find module '/")
  expect(await place.run('copy', 'CyT')).toMatchObject({ status: 0, stdout: 'scrapers/kit\n' })
  expect(await place.run('test', 'CyT')).toMatchObject({ status: 0 })
  const unknown = await place.run('copy', 'own')
  expect(unknown).toMatchObject({ status: 1, stderr: expect.stringContaining('there are cyt, inm24') })
})

test.each([
  ['scrapers/lam.py', '', '/scrapers/lam.py is there already'],
  ['zafra.yaml', 'scrapers: { lam: { command: [python3, x.py] } }\n', 'zafra.yaml says how lam is started'],
])('no copy is put before what the workspace has: %s', async (file, contents, message) => {
  const place = workspace()
  writeTree(place.folder, { [file]: contents })
  const refused = await place.run('copy', 'Lam')
  expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining(message) })
})

test('a detail scraper is recorded by one listing', async () => {
  const place = workspace()
  const silent = await place.run('record', DETAIL)
  expect(silent).toMatchObject({ status: 2, stderr: expect.stringContaining('say which one with --url') })
  const found = portals.asked.length
  const { id } = INM24.listings.find(({ vanished }) => !vanished)!
  const url = `https://www.inmuebles24.com/propiedades/clasificado/veclcain-casa-${id}.html`
  const recorded = await place.run('record', DETAIL, '--url', url, '--json')
  expect(recorded).toMatchObject({ status: 0, json: { rows: 1, pages: [{ url, strategy: 'scripts' }] } })
  expect(portals.asked.length).toBeGreaterThan(found)
  place.goOffline()
  expect(await place.run('test', DETAIL, '--json')).toMatchObject({
    status: 0,
    json: { rows: 1, faults: [] },
  })
})

test.each([
  [['test', 'cyy'], 'there is no scraper or site cyy; did you mean CyT?'],
  [['test', './nothing.py'], './nothing.py is no program to start'],
  [['test', CYT], 'holds no recording (no expected.json); zafra scraper record makes one'],
])('%j says what is missing', async (args, message) => {
  const { status, stderr } = await workspace().run(...args)
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) })
})

test('a scraper of another kind is not recorded', async () => {
  const place = workspace()
  writeTree(place.folder, { 'scrapers/own.sh': 'printf "url\\n1\\n" > "$SCRAPER_OUTPUT_FILE"\n' })
  const { status, stderr } = await place.run('record', 'own', '--url', 'https://example.org/')
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringContaining('own fetched nothing through the kit'),
  })
})

test.each([
  [[''], ['record', 'test', 'copy', 'check']],
  [
    ['record', 'in'],
    ['inm24', 'inm24_det'],
  ],
  [['check', 'Cy'], ['CyT']],
])('completion of scraper %j offers %j', async (words, offered) => {
  const { folder } = workspace()
  const { stdout } = await inProcess(['--get-yargs-completions', 'scraper', ...words], { cwd: folder })
  expect(stdout.split('\n').filter(Boolean)).toEqual(offered)
})
