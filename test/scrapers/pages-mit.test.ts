import { expect, test } from 'vitest'
import { readPages } from './real-pages.ts'

const LIST = 'https://casas.mitula.mx/casas/venta-casa-zapopan'
const PATH = '/casas/venta-casa-zapopan'
const cards = Array.from(
  { length: 25 },
  (_, id) => `<article class="listing-card" data-listingid="m${id}" data-price="${id + 1}000000"></article>`,
).join('')
const H1 = '<h1>Casas en venta en Zapopan</h1>'
const COUNT = '<title>5,120 casas en venta en Zapopan</title>'

test.for([
  ['the frame without cards, past what it shows', COUNT + H1, 0, false],
  ['a page that nothing is known of', '<main id="app"></main>', 76, undefined],
  ['cards of another layout', `${COUNT}<a data-clickdestination="aHR0cHM6Ly9hLm14">Casa</a>`, 76, undefined],
  ['a wall', '<title>Access denied</title>', 77, undefined],
] as const)('after a full page: %s', async ([, second, status, complete]) => {
  const pages = { [PATH]: COUNT + H1 + cards, [`${PATH}?page=2`]: second }
  const { rows, result } = await readPages('mit', LIST, pages)
  expect(rows).toHaveLength(25)
  expect(result.status).toBe(status)
  expect(result.last('result')?.['complete']).toBe(complete)
  expect(result.last('state')).toMatchObject({ value: { total: 5120 } })
})

test('a title that is a price is none', async () => {
  const card = '<article class="listing-card" data-listingid="7"><h2>USD 250,000</h2></article>'
  const { rows } = await readPages('mit', LIST, { [PATH]: COUNT + card })
  expect(rows).toMatchObject([{ id: '7', nombre: '' }])
})
