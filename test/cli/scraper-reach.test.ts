import { expect, onTestFinished, test } from 'vitest'
import { Robots } from '../../scrapers/kit/robots.ts'
import about from '../../scrapers/inm24.about.json' with { type: 'json' }
import { inm24 } from '../../src/demo/inm24.ts'
import { temporaryFolder, writeTree } from '../support/program.ts'
import { inProcess } from './in-process.ts'

const INM24 = new URL('../../scrapers/inm24.ts', import.meta.url).pathname
const ROWS = ['casas-en-venta-en-zapopan', 'casas-en-venta-en-tonala', 'casas-en-venta-en-zapopan-q-remate']

function workspace(configuration: string): string {
  const place = temporaryFolder()
  onTestFinished(() => place[Symbol.dispose]())
  const { path } = place
  const rows = ROWS.map((name) => `Inmuebles24,Zapopan,venta,Casas,https://www.inmuebles24.com/${name}.html`)
  writeTree(path, {
    'zafra.yaml': configuration,
    'urls/inm24_urls.csv': ['PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL', ...rows, ''].join('\n'),
  })
  return path
}

test('the plan says how many pages robots.txt leaves, and which sorted form it allows', async () => {
  const cwd = workspace(`scrapers: { inm24: { command: [node, ${INM24}] } }\n`)
  const { stdout } = await inProcess(['plan', '--json'], { cwd })
  expect(JSON.parse(stdout)).toMatchObject({
    reaches: [
      {
        site: 'Inm24',
        scraper: 'inm24',
        unsorted_pages: 5,
        unsorted_listings: 150,
        sorted: '-ordenado-por-precio-ascendente',
        reachable: 120,
        split: null,
        splittable: true,
        unsortable_urls: 1,
        urls: 3,
      },
    ],
  })
  const sentence =
    /robots\.txt \(2025-09\) leaves pages 1-5 of an unsorted list, 150 listings; .*-ordenado-por-precio-ascendente-pagina-N\.html.*; the portal shows at most 120 listings of each list \(.*set sites\.Inm24\.split: price\); 1 of 3 addresses have no sorted form/
  expect((await inProcess(['plan'], { cwd, terminal: true })).stdout).toMatch(sentence)
  expect((await inProcess(['plan'], { cwd })).stderr).toMatch(sentence)
})

test("a scraper of one's own says nothing of it", async () => {
  const cwd = workspace('')
  writeTree(cwd, { 'scrapers/inm24.sh': '' })
  const { stdout } = await inProcess(['plan', '--json'], { cwd })
  expect(JSON.parse(stdout)).toMatchObject({ reaches: [] })
})

test('lists that are split are told of, and a site that cannot split them is a fault', async () => {
  const settings = `scrapers: { inm24: { command: [node, ${INM24}] } }\nsites: { Inm24: { split: price }`
  const split = workspace(`${settings} }\n`)
  const { stdout } = await inProcess(['plan'], { cwd: split, terminal: true })
  expect(stdout).toContain('in bands by price of about 120 listings each')
  expect(await inProcess(['config', 'check'], { cwd: split })).toMatchObject({ status: 0 })

  const cwd = workspace(`${settings}, Lam: { split: price } }\n`)
  const fault = /sites\.Lam\.split: lists of Lam cannot be split by price/
  const json = JSON.parse((await inProcess(['plan', '--json'], { cwd })).stdout)
  expect(json).toMatchObject({ split_faults: [expect.stringMatching(fault)] })
  expect((await inProcess(['plan'], { cwd })).stderr).toMatch(fault)
  expect((await inProcess(['plan'], { cwd, terminal: true })).stdout).toMatch(fault)
  expect(await inProcess(['config', 'check'], { cwd })).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(fault),
  })
})

test('a declaration that cannot be read is named', async () => {
  const cwd = workspace('')
  writeTree(cwd, { 'scrapers/inm24.sh': '', 'scrapers/inm24.about.json': '{' })
  const { status, stderr } = await inProcess(['plan'], { cwd })
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining('inm24.about.json is no JSON'),
  })
})

test('what inm24 declares is what the robots.txt of sites.md says', async () => {
  const file = { status: 200, headers: {}, body: Buffer.from(inm24.robots) }
  const robots = new Robots(async () => file, 'Zafra/1')
  const allows = (suffix: string) =>
    robots.allows(new URL(`https://www.inmuebles24.com/casas-en-venta-en-zapopan${suffix}.html`))
  const { unsorted_pages, sorted } = about.robots
  expect(await allows(`-pagina-${unsorted_pages}`)).toBe(true)
  expect(await allows(`-pagina-${unsorted_pages + 1}`)).toBe(false)
  expect(await allows(`${sorted}-pagina-${unsorted_pages + 4}`)).toBe(true)
})
