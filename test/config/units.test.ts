import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDuration, parseSize } from '../../src/config/units.ts'

test.each([
  ['30m', 1800],
  ['5s', 5],
  ['2h', 7200],
  ['1d', 86_400],
  ['250ms', 0.25],
  ['1.5 h', 5400],
  [90, 90],
  [0, 0],
  ['30', undefined],
  ['30 minutes', undefined],
  ['-5s', undefined],
  ['', undefined],
  [-1, undefined],
  [Number.NaN, undefined],
  [Infinity, undefined],
  [true, undefined],
  [null, undefined],
])('the duration %j is %j seconds', (value, seconds) => {
  expect(parseDuration(value)).toBe(seconds)
})

test.each([
  ['50MB', 50_000_000],
  ['1GB', 1_000_000_000],
  ['1gib', 1_073_741_824],
  ['1.5KB', 1500],
  ['7B', 7],
  [1024, 1024],
  ['1024', undefined],
  ['50 megas', undefined],
  ['-1MB', undefined],
  [[], undefined],
])('the size %j is %j bytes', (value, bytes) => {
  expect(parseSize(value)).toBe(bytes)
})

test('any text is a duration or a size of at least nothing, or neither', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d+(\.\d+)?[a-zA-Z]{1,3}$/)), (text) => {
      for (const amount of [parseDuration(text), parseSize(text)]) {
        expect(amount === undefined || (Number.isFinite(amount) && amount >= 0)).toBe(true)
      }
    }),
  )
})
