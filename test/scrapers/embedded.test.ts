import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeText } from '../../scrapers/kit/charset.ts'
import { assigned, flightData, inlineValue, isOfType, jsonLd, nextData } from '../../scrapers/kit/embedded.ts'
import { at, find, list, parseJson } from '../../scrapers/kit/json.ts'
import { keyInAddress } from '../../scrapers/kit/linked.ts'
import { link, outwardLink } from '../../scrapers/kit/page.ts'
import { identifier } from '../../scrapers/kit/text.ts'

test('__NEXT_DATA__ is read, and broken JSON is no data', () => {
  const page = (json: string) => `<script id="__NEXT_DATA__" type="application/json">${json}</script>`
  expect(nextData(page('{"props":{"n":1}}'))).toEqual({ props: { n: 1 } })
  expect(nextData(page('{"props":'))).toBeUndefined()
  expect(nextData('<p>nothing</p>')).toBeUndefined()
})

test('the rows of a stream come back however it is cut and whatever text stands between them', () => {
  const cut = fc.integer({ min: 1, max: 60 })
  const unreferring = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('$'))
  fc.assert(
    fc.property(fc.array(unreferring, { minLength: 1 }), fc.string(), cut, (values, notice, length) => {
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
      expect(flightData(pushes.join('\n'))).toEqual(values.map((value) => withDigits([value])))
    }),
  )
})

/** What JSON makes of a value, with the digits of integers that a number may not keep. */
function withDigits(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, each: unknown) =>
    typeof each === 'number' && Math.abs(each) > Number.MAX_SAFE_INTEGER && /^-?\d+$/.test(String(each))
      ? String(each)
      : each,
  )
}

test.for([
  ['[61420779108,"9007199254740993"]', [61420779108, '9007199254740993']],
  [
    '[90071992547409931,90071992547409932,-90071992547409931]',
    ['90071992547409931', '90071992547409932', '-90071992547409931'],
  ],
  [
    '{"id":12345678901234567890,"lat":20.67361234567890,"n":1e20,"x":12345678901234567.5}',
    { id: '12345678901234567890', lat: 20.6736123456789, n: 1e20, x: 12_345_678_901_234_568 },
  ],
  ['[9007199254740991]', [9007199254740991]],
  ['"a 12345678901234567890 b"', 'a 12345678901234567890 b'],
  ['[12345678901234567890', undefined],
] as const)('JSON %s keeps its digits', ([json, expected]) => {
  expect(parseJson(json)).toEqual(expected)
})

test('any two integers are two keys, wherever JSON is embedded', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.integer({ min: 1, max: 9 }), (id, more) => {
      const json = `{"postings":[{"id":${id}},{"id":${id + BigInt(more)}}]}`
      const expected = [String(id), String(id + BigInt(more))]
      const keys = (value: unknown) => list(at(value, 'postings')).map((each) => identifier(at(each, 'id')))
      expect(keys(nextData(`<script id="__NEXT_DATA__">${json}</script>`))).toEqual(expected)
      expect(keys(assigned(`window.STATE = ${json};`, 'STATE'))).toEqual(expected)
      expect(keys(jsonLd(`<script type="application/ld+json">${json}</script>`)[0])).toEqual(expected)
      const push = JSON.stringify([1, `5:${json}\n`])
      expect(keys(flightData(`<script>self.__next_f.push(${push})</script>`)[0])).toEqual(expected)
    }),
  )
})

test('an assigned object ends at its own brace', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const script = `<script>window.STATE = ${JSON.stringify(value)}; other({a: "}"})</script>`
      expect(assigned(script, 'STATE')).toEqual(withDigits(value))
    }),
  )
  expect(assigned('window.STATE = {"open": [', 'STATE')).toBeUndefined()
  expect(assigned('nothing', 'STATE')).toBeUndefined()
})

/** A stream in the pushes of a page. */
function pushed(...pieces: string[]): string {
  return pieces.map((piece) => `<script>self.__next_f.push(${JSON.stringify([1, piece])})</script>`).join('')
}

test('a text that comes in the next push is put where it is named', () => {
  const text = 'Casa con jardín.\nDos plantas, {"no": "JSON"}'
  const html = pushed(
    '1:["$","$L2",null,{"property":{"id":7,"description":"$1a","images":"$1b","price":"$$5","not":"$L99"}}]\n',
    `1a:T${Buffer.byteLength(text).toString(16)},`,
    `${text}1b:["a.jpg"]\n`,
  )
  expect(
    at(
      find(flightData(html), (each) => 'property' in each),
      'property',
    ),
  ).toEqual({
    id: 7,
    description: text,
    images: ['a.jpg'],
    price: '$5',
    not: '$L99',
  })
})

test('rows that name each other, or one twice and so on, come to an end', () => {
  const cyclic = flightData(pushed('1:{"a":"$2"}\n2:{"b":"$1"}\n3:["$3"]\n'))
  expect(find(cyclic, () => false)).toBeUndefined()
  const doubling = Array.from({ length: 60 }, (_, id) => {
    const next = `"$${(id + 1).toString(16)}"`
    return `${id.toString(16)}:[${next},${next}]\n`
  })
  expect(find(flightData(pushed(...doubling)), () => false)).toBeUndefined()
})

test('a script is read past what only looks like its end, and not in a comment', () => {
  const value = { text: "a </script> ]) } ` ' b", n: 1 }
  const json = JSON.stringify(value)
  expect(nextData(`<script id="__NEXT_DATA__">${json}</script>`)).toEqual(value)
  expect(jsonLd(`<script type="application/ld+json"><!-- ${json} --></script>`)).toEqual([value])
  expect(jsonLd(`<script type='application/ld+json'>//<![CDATA[\n${json};\n//]]></script>`)).toEqual([value])
  expect(jsonLd('<script type="application/ld+json">{"d":"two\nlines",}</script>')).toEqual([
    { d: 'two\nlines' },
  ])
  expect(flightData(`<script>self.__next_f.push([1,${JSON.stringify(`5:${json}\n`)}]) </script>`)).toEqual([
    value,
  ])
  const commented = `<!-- <script type="application/ld+json">{"old":1}</script> -->`
  expect(jsonLd(`${commented}<script type="application/ld+json">${json}</script><!-- x`)).toEqual([value])
})

const AVISO = `<script>let postingId = ""; let name=''; // it's empty
 postingId = "57986160"; const texts = { name: 'Aviso de' }
 const mapLatOf =  "MjAuNjgwNjQz"; window.STATE = window.STATE || {};
 const avisoInfo = { 'idAviso': '57986160', "code": "GAP\\u00311", 'mapLat': mapLatOf, bare: true, none: null,
   'pricesData': [{"operationType":{"name":"venta"},"prices":[{"amount":11500000, id: 90071992547409931}]}], /* ' */
   'description': "Piso \\"con\\" vistas } y {", 'calc': 1 + 2, call: f({ a: [1, ')'] }, 'x'), 'list': [1, b, -2.5e3,],
   tpl: \`a\n{b\`, method() { return 1 }, 'price': 'MN 11,500,000', 'publisher': { 'name': 'O\\'Brien' }, };
 const dataLayerInfo = { 'price': '11500000' }
 window.STATE = {"a": "</script>"}; window["STATE"] = {}; STATED = {"b": 2}; const parsed = JSON.parse('{"c":"d\\'"}')
</script>`

test('a literal of JavaScript is read for its values', () => {
  expect(assigned(AVISO, 'avisoInfo')).toEqual({
    idAviso: '57986160',
    code: 'GAP11',
    mapLat: undefined,
    bare: true,
    none: null,
    pricesData: [
      { operationType: { name: 'venta' }, prices: [{ amount: 11500000, id: '90071992547409931' }] },
    ],
    description: 'Piso "con" vistas } y {',
    calc: undefined,
    call: undefined,
    list: [1, undefined, -2500],
    tpl: 'a\n{b',
    price: 'MN 11,500,000',
    publisher: { name: "O'Brien" },
  })
  expect(assigned(AVISO, 'STATE')).toEqual({ a: '</script>' })
  expect(assigned(AVISO, 'parsed')).toEqual({ c: "d'" })
  expect(assigned('avisoInfo = {}', 'avisoInfo')).toEqual({})
})

test('of several values of a name the last variable that is not empty counts, else the first property', () => {
  expect(inlineValue(AVISO, 'postingId')).toBe('57986160')
  expect(inlineValue(AVISO, 'price')).toBe('MN 11,500,000')
  expect(inlineValue(AVISO, 'mapLatOf')).toBe('MjAuNjgwNjQz')
  expect(inlineValue('id = "1"; id = "2"; id = ""', 'id')).toBe('2')
  expect(inlineValue('<a href="/x?id=9&amp;id=8&id=7" data-id="6">', 'id')).toBeUndefined()
  expect(inlineValue('if (id === "1" || id >= 2) {}', 'id')).toBeUndefined()
})

test('whatever stands in a script, its reading ends, and JSON is read as JSON', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '`',
    ',',
    ':',
    '\\',
    'a',
    '1',
    '/*',
    '//',
    '\n',
    '(',
    ')',
    '<!--',
  )
  fc.assert(
    fc.property(fc.array(pieces), fc.jsonValue(), (script, value) => {
      assigned(`x = ${script.join('')}`, 'x')
      inlineValue(`x = ${script.join('')}`, 'x')
      const written = `const x = { 'y': ${JSON.stringify(value)}, z: other };`
      expect(assigned(written, 'x')).toEqual({ y: withDigits(value), z: undefined })
    }),
  )
})

test('a page of a megabyte is read at once, however it nests', () => {
  const deep = `x = ${'['.repeat(500_000)}`
  const quotes = `x = {${'"'.repeat(500_001)}`
  const comments = '<!--'.repeat(250_000)
  const started = performance.now()
  expect([assigned(deep, 'x'), assigned(quotes, 'x')]).toEqual([undefined, undefined])
  expect(jsonLd(comments)).toEqual([])
  expect(inlineValue('x = "'.repeat(200_000), 'x')).toBe('x = ')
  expect(performance.now() - started).toBeLessThan(5000)
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
  const page = {
    url: new URL('https://www.casa.mx/lista?page=2'),
    html: '',
    source: '',
    fetched: new Date(0),
  }
  expect(link('/propiedad/1#fotos', page)).toBe('https://www.casa.mx/propiedad/1')
  expect(link('/propiedad/1#', page)).toBe('https://www.casa.mx/propiedad/1')
  expect(link('https://casa.mx/p/2', page)).toBe('https://casa.mx/p/2')
  for (const href of ['//127.0.0.1/x', 'javascript:alert(1)', 'https://otra.mx/p', 'file:///etc/passwd', 7]) {
    expect(link(href, page)).toBeUndefined()
  }
})

test('links are told without tracking; those of an aggregator may lead out', () => {
  const page = {
    url: new URL('https://www.casa.mx/lista?page=2'),
    html: '',
    source: '',
    fetched: new Date(0),
  }
  expect(link('/p/1?utm_source=x&gclid=1&color=azul', page)).toBe('https://www.casa.mx/p/1?color=azul')
  expect(link('/p/1.html?n_src=Listado&n_pills=Terraza&n_pg=1&n_pos=3', page)).toBe(
    'https://www.casa.mx/p/1.html',
  )
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
  ['the bytes, nothing declared', Buffer.from('Zuñiga', 'latin1'), 'text/html'],
  [
    'the bytes, UTF-8 declared',
    Buffer.from('<meta charset="utf-8">Zuñiga', 'latin1'),
    'text/html; charset=UTF-8',
  ],
  [
    'the bytes, latin1 declared',
    Buffer.from('<meta charset="latin1">Zuñiga'),
    'text/html; charset=ISO-8859-1',
  ],
  ['UTF-16', Buffer.from('\ufeffZuñiga', 'utf16le'), undefined],
  ['unknown label', Buffer.from('Zuñiga'), 'text/html; charset=x-nope'],
] as const)('charset by %s', ([, body, contentType]) => {
  expect(decodeText(body, contentType).replace(/<[^>]*>/, '')).toBe('Zuñiga')
})

test('windows-1252 is not latin1, and one broken character makes no page another charset', () => {
  const quoted = Buffer.from([0x93, 0x80, 0x35, 0x94])
  expect(decodeText(quoted, undefined)).toBe('“€5”')
  expect(decodeText(quoted, 'text/html; charset=windows-1252')).toBe('“€5”')
  const cut = Buffer.concat([Buffer.from('Peñón de Zuñiga, canció').subarray(0, -1), Buffer.from('…')])
  expect(decodeText(cut, undefined)).toBe('Peñón de Zuñiga, canci\ufffd…')
})

test.for([
  ['/p/1?utm_campaign=x&fbclid=2&msclkid=3&_ga=4&gbraid=5#fotos', '/p/1'],
  ['/detail/7?trovit_type=1&search_terms=casa%20zapopan&pos=4', '/detail/7'],
  ['/ver?id=7&position=3&rank=2&listing_position=9', '/ver?id=7'],
  ['/ver?ref=EB-1234&origen=2&page=3', '/ver?origen=2&page=3&ref=EB-1234'],
  ['/ver?b=2&a=1', '/ver?a=1&b=2'],
  ['/ver?q=ca%f1on&q=%41', '/ver?q=A&q=ca%F1on'],
  ['/torre-%c3%b1', '/torre-%C3%B1'],
  ['/torre-ñ', '/torre-%C3%B1'],
  ['/p/1?', '/p/1'],
  ['/p/1;jsessionid=AB12?x=1', '/p/1?x=1'],
  ['/r?to=https%3A%2F%2Fb.mx%2Fp%3Fid%3D1%26utm_source%3Dz%23x', '/r?to=https%3A%2F%2Fb.mx%2Fp%3Fid%3D1'],
  ['/p?%=1&%E1=2', '/p?%=1&%E1=2'],
] as const)('the address %s is told as %s', ([href, expected]) => {
  const page = { url: new URL('https://www.casa.mx/lista'), html: '', source: '', fetched: new Date(0) }
  expect(link(href, page)).toBe(`https://www.casa.mx${expected}`)
})

test('an address is the same however a visitor came to it, and told again it stays as it is', () => {
  const page = { url: new URL('https://www.casa.mx/lista'), html: '', source: '', fetched: new Date(0) }
  const names = fc.constantFrom('id', 'clave', 'ref', 'desarrollo', 'x y', 'ñ')
  const notAddress = fc.string().filter((value) => !value.startsWith('http'))
  const own = fc.uniqueArray(fc.tuple(names, notAddress), { selector: ([name]) => name })
  const tracking = fc.constantFrom('n_src', 'n_pos', 'utm_term', 'gclid', 'trovit_type', 'search_terms')
  const all = fc.tuple(own, fc.array(fc.tuple(tracking, fc.string())))
  const addressed = (parameters: [string, string][]) =>
    link(`/p?${new URLSearchParams(parameters).toString()}`, page)
  fc.assert(
    fc.property(all, fc.infiniteStream(fc.nat()), ([naming, further], order) => {
      const shuffled = [...naming, ...further]
        .map((each) => [order.next().value, each] as const)
        .toSorted(([a], [b]) => a - b)
        .map(([, each]) => each)
      const told = addressed(shuffled)
      expect(told).toBe(addressed(naming))
      expect(link(told, page)).toBe(told)
      const values = new URL(told ?? '').searchParams
      for (const [name, value] of naming) expect(values.get(name)).toBe(value)
    }),
  )
})

test.for([
  ['/detalle/41032-73-aaaa0001-44cd-19c2717-a8fa-7231', '41032-73-aaaa0001-44cd-19c2717-a8fa-7231'],
  [
    'https://www.lamudi.com.mx/desarrollo/41032-73-ecc04001fe91-a75e-d3228cc0-8324-4714/',
    '41032-73-ecc04001fe91-a75e-d3228cc0-8324-4714',
  ],
  ['/propiedades/desarrollo/ememvein-torre-a-147000002.html?n_pos=3', '147000002'],
  ['/propiedades/clasificado/veclcain-casa-en-venta-147000001.html', '147000001'],
  ['/propiedad/casa-en-venta-60000001', '60000001'],
  ['/propiedad/departamento-2-recamaras-60000001/', '60000001'],
  ['/inmueble/60000001', '60000001'],
  ['/inmueble/41032-73-aaaa0001-44cd-19c2717-a8fa-7231', '41032-73-aaaa0001-44cd-19c2717-a8fa-7231'],
  ['/casa-en-venta-d3228c77-a715-46cb-abcd-ecc040017231', 'd3228c77-a715-46cb-abcd-ecc040017231'],
  ['/propiedad/MX17-AB1234', 'MX17-AB1234'],
  ['/propiedad/casa-en-venta', undefined],
  ['/', undefined],
  [7, '7'],
  [null, undefined],
] as const)('the key in %s is %s', ([address, key]) => {
  expect(keyInAddress(address)).toBe(key)
})

test('listings whose keys end with the same digits keep two keys', () => {
  const group = fc.stringMatching(/^[0-9a-f]{4,8}$/)
  fc.assert(
    fc.property(fc.array(group, { minLength: 2, maxLength: 5 }), group, group, (end, one, other) => {
      fc.pre(one !== other)
      for (const folder of ['detalle', 'desarrollo']) {
        const key = (first: string) => keyInAddress(`/${folder}/${[first, ...end].join('-')}`)
        expect(key(one)).not.toBe(key(other))
      }
    }),
  )
})
