import { expect, test } from 'vitest'
import { inm24 } from '../../src/demo/inm24.ts'
import { search } from '../../src/demo/inm24-search.ts'
import { contentsOf, type ListContents } from '../../src/demo/listings.ts'
import { LISTS } from '../../src/demo/lists.ts'

const place = LISTS.findIndex(({ url }) => url.endsWith('/casas-en-venta-en-zapopan.html'))
const whole = contentsOf({ ...LISTS[place]!, size: 200 }, place, 24)
const contents: ListContents = {
  ...whole,
  listings: whole.listings.map((each, at) => (at < 6 ? { ...each, price: 0 } : each)),
}

const at = (suffix: string) => new URL(contents.list.url.replace('.html', `${suffix}.html`))
const found = (suffix: string) => search(at(suffix), [contents])?.contents.listings.length

test('suffixes narrow a search, prices on demand fall out of every order and band, and unknown ones mean nothing', () => {
  const sorted = '-ordenado-por-precio-ascendente'
  expect(found('')).toBe(200)
  expect(found(sorted)).toBe(194)
  const above = found(`-mas-de-9000001-pesos${sorted}`) ?? 0
  const below = found('-menos-de-9000000-pesos') ?? 0
  expect(above).toBeGreaterThan(0)
  expect(below).toBeGreaterThan(0)
  expect(above + below).toBe(194)
  expect(found('-desde-9000001-hasta-999999999-pesos')).toBe(above)
  expect(found('-publicado-hace-menos-de-1-semana')).toBeLessThan(60)
  expect(found('-mas-de-9000001-dolares')).toBe(200)
  expect(search(new URL('https://www.inmuebles24.com/casas-en-venta-en-zapopanito.html'), [contents])).toBe(
    undefined,
  )
})

test('four pages are shown of any list, sorted or not', () => {
  const status = (suffix: string) => inm24.find(at(suffix), [contents]).status
  for (const form of [
    '',
    '-ordenado-por-precio-ascendente',
    '-mas-de-1-pesos-ordenado-por-precio-ascendente',
  ]) {
    expect([2, 4, 5, 9].map((page) => status(`${form}-pagina-${page}`))).toEqual([200, 200, 403, 403])
  }
})

test('a page of a list counts it and never has the same addresses twice', () => {
  const page = () => inm24.find(at('-mas-de-9000001-pesos'), [contents]).body()
  const count = found('-mas-de-9000001-pesos')
  expect(page()).toContain(`"offerCount":${count}`)
  expect(page()).toContain(`"total":${count}`)
  expect(page()).not.toBe(page())
})
