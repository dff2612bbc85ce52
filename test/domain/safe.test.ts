import fc from 'fast-check'
import { expect, it } from 'vitest'
import { safe, safeDeep, safeJson } from '../../src/domain/safe.ts'
import { harmless, hostileText } from '../support/hostile.ts'

const ESC = '\u001b'

it.each([
  ['Tlajomulco de Zuñiga · 3 recámaras', 'Tlajomulco de Zuñiga · 3 recámaras'],
  ['日本', '日本'],
  [`${ESC}[31mred${ESC}[0m`, 'red'],
  [`${ESC}]0;title\u0007after`, 'after'],
  [`${ESC}]52;c;aGk=${ESC}\\after`, 'after'],
  [`before${ESC}]8;;http://x`, 'before'],
  [`${ESC}Pq#0${ESC}\\after`, 'after'],
  ['\u009b31mred', 'red'],
  ['\u009d0;title\u009cafter', 'after'],
  ['a\tb\rc\u0000d\u007f', 'a b^Mc^@d^?'],
  ['a\u202eb\u200bc\u2028d', 'abcd'],
  [`${ESC}\u200b[31mx`, '^[[31mx'],
  ['\ud800x', '\ufffdx'],
])('%j becomes %j', (text, expected) => {
  expect(safe(text)).toBe(expected)
})

it('lets nothing through that a terminal acts on, whatever comes in', () => {
  fc.assert(
    fc.property(hostileText, (input) => {
      expect(harmless(safe(input))).toBe(true)
      expect(safe(safe(input))).toBe(safe(input))
    }),
    { numRuns: 5000 },
  )
})

it('takes no longer than the text is long', () => {
  const began = performance.now()
  for (const piece of [
    ESC,
    `${ESC}[`,
    `${ESC}[3`,
    `${ESC}]`,
    `${ESC} `,
    '\u009b;',
    '\u202e',
    ' ',
    '\ud800',
  ]) {
    safe(`${piece.repeat(60_000)}é`)
    safe(`${ESC}[${piece.repeat(60_000)}é`)
  }
  expect(performance.now() - began).toBeLessThan(2000)
})

it('reaches every text of a value and changes nothing else', () => {
  const value = { a: [`${ESC}[31mx`, 1, null], b: { c: 'y\r', d: true } }
  expect(safeDeep(value)).toEqual({ a: ['x', 1, null], b: { c: 'y^M', d: true } })
})

it('gives JSON that a terminal does nothing about and that reads as what it was', () => {
  fc.assert(
    fc.property(hostileText, (input) => {
      const json = safeJson({ [input]: [input] })
      expect(harmless(json)).toBe(true)
      expect(JSON.parse(json)).toEqual({ [input]: [input] })
    }),
    { numRuns: 2000 },
  )
})
