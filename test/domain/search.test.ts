import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { ZafraError } from '../../src/domain/error.ts'
import { fold, parseSearch } from '../../src/domain/search.ts'

describe('folding', () => {
  it.each([
    ['juanacatlan', 'Juanacatlán', true],
    ['JUANACATLÁN', 'juanacatlan', true],
    ['zuñiga', 'Tlajomulco de Zuñiga', true],
    ['zuñiga', 'ZUN\u0303IGA', true],
    ['zuniga', 'Tlajomulco de Zuñiga', false],
    ['pinguino', 'Pingüino', true],
    ['resume', 're\u0301sume\u0301', true],
    ['ñ', 'ń', false],
    ['n', 'ń', true],
    ['istanbul', 'İstanbul', true],
  ])('%j in %j: %j', (piece, text, found) => {
    expect(fold(text).includes(fold(piece))).toBe(found)
  })

  it('folds what is folded no further, and does not care how accents are encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
        expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')))
      }),
    )
  })
})

const text = (word: string, not = false) => ({ not, kind: 'text', text: word })
const words = (field: string, list: string[], not = false) => ({ not, kind: 'words', field, words: list })
const range = (field: string, from: number, to: number) => ({ not: false, kind: 'range', field, from, to })

/** Whether every term says something, or the search is refused as it should be. */
function sense(search: string): boolean {
  try {
    return parseSearch(search).every((term) =>
      term.kind === 'words' ? term.words.length > 0 : term.kind === 'range' || term.text !== '',
    )
  } catch (error) {
    return error instanceof ZafraError && error.code === 'usage'
  }
}

describe('a search', () => {
  it.each([
    ['', []],
    ['  ', []],
    ['!', []],
    ['~', []],
    ['Gdl', [text('gdl')]],
    ['!Gdl', [text('gdl', true)]],
    ['~CyG', [{ not: false, kind: 'fuzzy', text: 'cyg' }]],
    ['"dos palabras" y', [text('dos palabras'), text('y')]],
    ['"sin cerrar', [text('sin cerrar')]],
    ['https://x.mx/a:b', [text('https://x.mx/a:b')]],
    ['12:30', [text('12:30')]],
    ['site:Inm24,CyT', [words('site', ['inm24', 'cyt'])]],
    ['!class:blocked', [words('class', ['blocked'], true)]],
    ['error:"no page"', [words('error', ['no page'])]],
    ['error:"a,b', [words('error', ['a,b'])]],
    ['error:"a,b",c', [words('error', ['a,b', 'c'])]],
    ['status:failed', [words('status', ['failed', 'permanently_failed'])]],
    ['status:r', [words('status', ['running', 'retrying'])]],
    ['status:', []],
    ['status:,', []],
    ['rows:10', [range('rows', 10, 10)]],
    ['rows:=10', [range('rows', 10, 10)]],
    ['rows:<=10', [range('rows', -Infinity, 10)]],
    ['rows:>=2.5', [range('rows', 2.5, Infinity)]],
    ['minutes:5..10', [range('minutes', 5, 10)]],
    ['minutes:..10', [range('minutes', -Infinity, 10)]],
    ['minutes:5..', [range('minutes', 5, Infinity)]],
    ['rows:<', []],
    ['rows:..', []],
  ])('%j is %j', (search, terms) => {
    expect(parseSearch(search)).toEqual(terms)
  })

  it('tells below from up to', () => {
    const [below] = parseSearch('rows:<10')
    const [above] = parseSearch('rows:>10')
    expect(below).toMatchObject({ kind: 'range' })
    if (below?.kind !== 'range' || above?.kind !== 'range') throw new Error('no range')
    expect([below.to < 10, below.to > 9.99, above.from > 10, above.from < 10.01]).toEqual(Array(4).fill(true))
  })

  it.each(['rows:many', 'rows:1-2', 'minutes:<5..', 'status:exploded', 'id:x'])('%j is refused', (search) => {
    expect(() => parseSearch(search)).toThrow(expect.objectContaining({ code: 'usage' }))
  })

  it('is refused where nobody can have typed it, and quickly', () => {
    const commas = ',"'.repeat(400)
    const start = performance.now()
    expect(parseSearch(`error:${commas}`)).toHaveLength(1)
    expect(() => parseSearch(`error:${commas.repeat(1000)}`)).toThrow(
      expect.objectContaining({ code: 'usage' }),
    )
    expect(performance.now() - start).toBeLessThan(200)
  })

  it('makes sense of anything or says that it does not', () => {
    const pieces = fc.constantFrom(
      'status:',
      'rows:',
      '"',
      '!',
      '~',
      ',',
      '<',
      '..',
      '5',
      ' ',
      'a',
      'error:',
      'ñ',
    )
    const any = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(pieces).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(any, (search) => {
        expect(sense(search)).toBe(true)
      }),
    )
  })
})

test.for<[string, string]>([
  ['sitio:CyT', 'there is no field sitio: the fields are site, city'],
  ['!chek:suspect', 'there is no field chek: did you mean check? (in quotes it is text)'],
  ['check:doubtful', 'check:doubtful: there is no such check; there are ok, suspect, accepted, failed'],
  ['complete:maybe', 'complete:maybe: there is no such complete; there are yes, no'],
])('%s names what there is', ([search, message]) => {
  expect(() => parseSearch(search)).toThrow(message)
})

test('what is in quotes is text, whatever stands before its colon', () => {
  expect(parseSearch('"sitio:CyT"')).toEqual([{ not: false, kind: 'text', text: 'sitio:cyt' }])
})
