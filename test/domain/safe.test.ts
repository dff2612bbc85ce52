import fc from 'fast-check'
import { expect, it } from 'vitest'
import { safe } from '../../src/domain/safe.ts'

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
  const hostile = fc.constantFrom(
    ESC,
    '\u009b',
    '\u009d',
    '\u0090',
    '[',
    ']',
    '31m',
    '\u0007',
    '\\',
    '\u202e',
    '\u2028',
    '\u200d',
    '\r',
    '\n',
    'á',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(hostile).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(text, (input) => {
      expect(safe(input)).not.toMatch(
        /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Bidi_Control}|\p{Default_Ignorable_Code_Point}/u,
      )
      expect(safe(input).isWellFormed()).toBe(true)
      expect(safe(safe(input))).toBe(safe(input))
    }),
    { numRuns: 5000 },
  )
})
