import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeText } from '../../scrapers/kit/charset.ts'
import { assigned, flightData, inlineValue, isOfType, jsonLd, nextData } from '../../scrapers/kit/embedded.ts'
import { at, find, list } from '../../scrapers/kit/json.ts'
import { link, outwardLink } from '../../scrapers/kit/page.ts'

test('__NEXT_DATA__ is read, and broken JSON is no data', () => {
  const page = (json: string) => `<script id="__NEXT_DATA__" type="application/json">${json}</script>`
  expect(nextData(page('{"props":{"n":1}}'))).toEqual({ props: { n: 1 } })
  expect(nextData(page('{"props":'))).toBeUndefined()
  expect(nextData('<p>nothing</p>')).toBeUndefined()
})

test('the rows of a stream come back however it is cut and whatever text stands between them', () => {
  const cut = fc.integer({ min: 1, max: 60 })
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), fc.string(), cut, (values, notice, length) => {
      const row = (value: unknown, id: number) => `${(id + 10).toString(16)}:${JSON.stringify([value])}\n`
      const rows = values.map(row)
      const textRow = `3:T${Buffer.byteLength(notice).toString(16)},${notice}`
      const stream = ['1:"$Sreact"\n2:I[1,["a.js"],"X"]\n', textRow, ...rows].join('')
      const characters = Array.from(stream)
      const pushes = []
      for (let from = 0; from < characters.length; from += length) {
        const piece = characters.slice(from, from + length).join('')
        const json = JSON.stringify([1, piece]).replaceAll('<', '\\u003c')
        pushes.push(`<script>self.__next_f.push(${json})</script>`)
      }
      expect(flightData(pushes.join('\n'))).toEqual(
        values.map((value) => JSON.parse(JSON.stringify([value]))),
      )
    }),
  )
})

test('an assigned object ends at its own brace', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const script = `<script>window.STATE = ${JSON.stringify(value)}; other({a: "}"})</script>`
      expect(assigned(script, 'STATE')).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
  expect(assigned('window.STATE = {"open": [', 'STATE')).toBeUndefined()
  expect(assigned('nothing', 'STATE')).toBeUndefined()
})

test.for([
  [`{'price': '15900000'}`, '15900000'],
  ['{"price":15900000}', '15900000'],
  ['var price = -20.5;', '-20.5'],
  ['{"sale_price": 1}', undefined],
  ['price: null', undefined],
] as const)('inline value of %j', ([script, expected]) => {
  expect(inlineValue(script, 'price')).toBe(expected)
})

test('JSON-LD opens graphs and passes over what does not parse', () => {
  const html = `<script type="application/ld+json">{"@graph":[{"@type":"ItemList"},{"@type":["A","B"]}]}</script>
    <script type='application/ld+json'>{oops</script>
    <script data-x type="application/ld+json">[{"@type":"Offer"}]</script>`
  const nodes = jsonLd(html)
  expect(nodes.filter((node) => isOfType(node, 'ItemList'))).toHaveLength(1)
  expect(nodes.filter((node) => isOfType(node, 'B'))).toHaveLength(1)
  expect(nodes.filter((node) => isOfType(node, 'Offer'))).toHaveLength(1)
})

test('paths find own values only', () => {
  const value = { a: { b: [{ c: 1 }] } }
  expect(at(value, 'a.b.0.c')).toBe(1)
  expect(at(value, '')).toBe(value)
  expect(at(value, 'a.constructor.name')).toBeUndefined()
  expect(at(null, 'a')).toBeUndefined()
  expect(find([{ x: { hit: 1 } }, { hit: 2 }], (each) => 'hit' in each)).toEqual({ hit: 2 })
  expect(list({ 0: 'a', 1: 'b' })).toEqual(['a', 'b'])
  expect(list('ab')).toEqual([])
})

test('links stay on the site', () => {
  const page = { url: new URL('https://www.casa.mx/lista?page=2'), html: '', fetched: new Date(0) }
  expect(link('/propiedad/1#fotos', page)).toBe('https://www.casa.mx/propiedad/1')
  expect(link('/propiedad/1#', page)).toBe('https://www.casa.mx/propiedad/1')
  expect(link('https://casa.mx/p/2', page)).toBe('https://casa.mx/p/2')
  for (const href of ['//127.0.0.1/x', 'javascript:alert(1)', 'https://otra.mx/p', 'file:///etc/passwd', 7]) {
    expect(link(href, page)).toBeUndefined()
  }
})

test('links are told without tracking; those of an aggregator may lead out', () => {
  const page = { url: new URL('https://www.casa.mx/lista?page=2'), html: '', fetched: new Date(0) }
  expect(link('/p/1?utm_source=x&gclid=1&color=azul', page)).toBe('https://www.casa.mx/p/1?color=azul')
  expect(outwardLink('https://otra.mx/p#a', page)).toBe('https://otra.mx/p')
  for (const href of ['https://user:pass@otra.mx/p', 'javascript:alert(1)', 'file:///etc/passwd', '', 7]) {
    expect(outwardLink(href, page)).toBeUndefined()
  }
})

test.for([
  ['header', Buffer.from('Zuñiga', 'latin1'), 'text/html; charset=ISO-8859-1'],
  ['meta', Buffer.from('<meta charset="windows-1252">Zuñiga', 'latin1'), 'text/html'],
  ['nothing declared', Buffer.from('Zuñiga'), undefined],
  ['byte order mark before the header', Buffer.from('\ufeffZuñiga'), 'text/html; charset=latin1'],
  ['unknown label', Buffer.from('Zuñiga'), 'text/html; charset=x-nope'],
] as const)('charset by %s', ([, body, contentType]) => {
  expect(decodeText(body, contentType).replace(/<[^>]*>/, '')).toBe('Zuñiga')
})

test('a charset that is known to be right goes before all that a page declares', () => {
  const page = Buffer.from('<meta charset="windows-1252">Zuñiga')
  expect(decodeText(page, 'text/html; charset=ISO-8859-1', 'utf-8')).toContain('Zuñiga')
})
