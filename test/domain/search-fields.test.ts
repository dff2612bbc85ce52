import { expect, it } from 'vitest'
import { matches, parseSearchOf, type Searched } from '../../src/domain/search-fields.ts'

const ROW: Searched = {
  text: ['Inm24 Lam', 'blocked', '403 con página de reto'],
  words: { site: ['Inm24', 'Lam'], class: ['blocked'], error: ['403 con página de reto'] },
  numbers: { attempts: 7, minutes: null },
}
const FIELDS = ['site', 'class', 'error', 'attempts', 'minutes'] as const

it.each([
  ['', true],
  ['PAGINA', true],
  ['pagina lam', true],
  ['pagina trovit', false],
  ['!pagina', false],
  ['!trovit', true],
  ['~blkd', true],
  ['~dklb', false],
  ['site:lam', true],
  ['site:la', false],
  ['site:tro,inm24', true],
  ['!site:lam', false],
  ['error:reto', true],
  ['attempts:>5', true],
  ['attempts:<5', false],
  ['minutes:>=0', false],
  ['!minutes:>=0', true],
])('%j chooses the row: %j', (search, chosen) => {
  expect(matches(parseSearchOf(FIELDS, search), ROW)).toBe(chosen)
})

it('a field that the list does not have is named, with those it has', () => {
  expect(() => parseSearchOf(['site', 'attempts'], 'rows:<10')).toThrow(
    'this list has no rows: it has site, attempts',
  )
})
