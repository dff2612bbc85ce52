import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { parse as parseCsv } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { seeded } from '../../src/demo/chance.ts'
import { faultsOf } from '../../src/demo/faults.ts'
import { demoWorkspace, startPortals } from '../../src/demo/index.ts'
import { contentsOf } from '../../src/demo/listings.ts'
import { LISTS } from '../../src/demo/lists.ts'

/** Status and body of what stands at an address of the portals. */
async function get(hostMap: Record<string, string>, address: string) {
  const { host, pathname, search } = new URL(address)
  const call = request(new URL(pathname + search, hostMap[host]), { headers: { host }, agent: false })
  call.end()
  const [response] = (await once(call, 'response')) as [IncomingMessage]
  return { status: response.statusCode, headers: response.headers, body: await text(response) }
}

test('the same seed tells the same story, another seed another', () => {
  const story = (seed: number) => LISTS.map((list, place) => contentsOf(list, place, seed))
  expect(story(1)).toEqual(story(1))
  expect(story(1)).not.toEqual(story(2))
  expect([...faultsOf(5)]).toEqual([...faultsOf(5)])
  const random = seeded(3)
  const drawn = Array.from({ length: 1000 }, random)
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...drawn)).toBeLessThan(1)
  expect(new Set(drawn).size).toBe(1000)
})

test('from fortnight to fortnight some listings are sold, some new, some have another price; as many as before', () => {
  for (const [place, list] of LISTS.entries()) {
    const [before, after] = [contentsOf(list, place, 24, 0).listings, contentsOf(list, place, 24, 1).listings]
    expect(after).toHaveLength(before.length)
    expect(contentsOf(list, place, 24, 1).listings).toEqual(after)
  }
  // Several seeds: the share of one is off by chance.
  const on = (fortnight: number) =>
    [24, 25, 26, 27].flatMap((seed) =>
      LISTS.flatMap((list, place) => contentsOf(list, place, seed, fortnight).listings).map(
        ({ id, price }) => ({ id: `${seed} ${id}`, price }),
      ),
    )
  const prices = new Map(on(0).map(({ id, price }) => [id, price]))
  const kind = ({ id, price }: { id: string; price: number }) => Math.sign(price - (prices.get(id) ?? NaN))
  const kinds = Map.groupBy(on(1), kind)
  for (const [sign, share] of [
    [NaN, 0.04],
    [-1, 0.06],
    [1, 0.03],
  ] as const) {
    expect((kinds.get(sign)?.length ?? 0) / prices.size).toBeCloseTo(share, 2)
    expect(kinds.get(sign)?.length).toBeGreaterThan(50)
  }
  for (const fortnight of [5, 9, 30]) {
    expect(new Set(on(fortnight).map(({ id }) => id)).size).toBe(prices.size)
  }
})

test('a few thousand listings, no key twice, some of every kind', () => {
  const all = LISTS.flatMap((list, place) => contentsOf(list, place, 24).listings)
  expect(all.length).toBeGreaterThan(3000)
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(all.some(({ development }) => development)).toBe(true)
  expect(all.some(({ vanished }) => vanished)).toBe(true)
  expect(all.some(({ currency }) => currency === 'USD')).toBe(true)
  expect(all.every(({ price }) => Number.isInteger(price) && price > 0)).toBe(true)
})

test('faults of every kind, whatever the seed, three of them for good', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const faults = [...faultsOf(seed).values()]
    const kinds = ['challenge', 'cut', 'error', 'gone', 'layout', 'slow', 'too_many']
    expect([...new Set(faults.map(({ kind }) => kind))].sort()).toEqual(kinds)
    expect(faults.filter(({ times }) => times === Infinity)).toHaveLength(3)
  }
})

test('the workspace lists what the portals hold, in their order', () => {
  const files = new Map(demoWorkspace({ speed: 2 }).map(({ path, contents }) => [path, contents]))
  const sites = ['cyt', 'inm24', 'lam', 'mit', 'prop', 'tro']
  expect([...files.keys()]).toEqual(['zafra.yaml', ...sites.map((site) => `urls/${site}_urls.csv`)])
  const rows = sites.flatMap((site) => parseCsv(files.get(`urls/${site}_urls.csv`) ?? '', { columns: true }))
  expect(rows.map((row) => (row as Record<string, string>)['URL'])).toEqual(LISTS.map(({ url }) => url))
  const at = (speed: number) => parseYaml(demoWorkspace({ speed })[0]?.contents ?? '')
  expect(at(1).sites.CyT.rate_limit).toBe(2 * at(2).sites.CyT.rate_limit)
  // Whatever is done in it without the portals, the real ones are not asked.
  for (const { url } of LISTS) expect(at(1).network.host_map[new URL(url).host]).toBe('http://127.0.0.1:1')
})

test('portals answer by host name, and nothing else', async () => {
  const portals = await startPortals({ seed: 24, faults: false, speed: 1000 })
  try {
    const ask = (address: string) => get(portals.host_map, address)
    for (const list of LISTS) expect((await ask(list.url)).status).toBe(200)
    expect((await ask('https://www.casasyterrenos.com/robots.txt')).body).toContain('Disallow: /api/')
    expect((await ask('https://www.inmuebles24.com/robots.txt')).body).toContain('-ordenado-por-precio')
    expect((await ask('https://www.inmuebles24.com/casas-en-venta-en-ninguna-parte.html')).status).toBe(404)
    expect((await ask('https://www.casasyterrenos.com/jalisco/zapopan/casas')).status).toBe(404)
  } finally {
    await portals.close()
  }
  await expect(get(portals.host_map, LISTS[0]?.url ?? '')).rejects.toThrow('ECONNREFUSED')
})

test('faults pass after as many requests as they last', async () => {
  const portals = await startPortals({ seed: 24, faults: true, speed: 1000 })
  const answer = { too_many: 429, challenge: 403, error: 500, gone: 404, layout: 200, slow: 200, cut: 0 }
  try {
    for (const [list, { kind, times }] of faultsOf(24)) {
      const asked = []
      for (let count = 0; count < Math.min(times, 6) + 1; count += 1) {
        asked.push(
          await get(portals.host_map, list.url).then(
            ({ status }) => status,
            () => 0,
          ),
        )
      }
      const last = times === Infinity ? answer[kind] : 200
      expect(asked).toEqual([...asked.slice(1).map(() => answer[kind]), last])
    }
  } finally {
    await portals.close()
  }
})
