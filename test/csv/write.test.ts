import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csv } from '../../src/csv/write.ts'

const START = ['=', '+', '-', '@', '\t', '\r', '\0']

test.each(START.map((first) => [JSON.stringify(first), first]))(
  'text that begins with %s is text',
  (_, first) => {
    expect(parse(csv(['a'], [[`${first}1+1`]], false))).toEqual([['a'], [`'${first}1+1`]])
  },
)

test('any other text, numbers and nothing go through as they are', () => {
  const awkward = fc.constantFrom(
    '"',
    ',',
    ';',
    '\n',
    '\r',
    '\0',
    ' ',
    '=',
    'ñ',
    '\u001b',
    '\ufeff',
    '\u2028',
  )
  const cell = fc
    .oneof(fc.string({ unit: awkward }), fc.string({ unit: 'grapheme' }))
    .filter((text) => !START.some((first) => text.startsWith(first)))
  const rows = fc.array(fc.tuple(cell, fc.integer(), fc.constant(null)), { maxLength: 8 })
  fc.assert(
    fc.property(rows, (given) => {
      const [, ...found] = parse(csv(['a', 'b', 'c'], given, false), { bom: false })
      expect(found).toEqual(given.map(([text, number]) => [text, String(number), '']))
    }),
    { numRuns: 100 },
  )
})

test('on a terminal nothing of a cell acts on it', () => {
  expect(csv(['a'], [['\u001b]0;owned\u0007rojo\u202e\r']], true)).toBe('a\nrojo^M\n')
})
