import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { edit, fieldOf, insert } from '../../../src/tui/prompt/field.ts'
import { characters } from '../../../src/tui/text.ts'

/** The line after these keys; `|` is the caret. */
function typed(text: string, ...keys: string[]): string {
  const field = keys.reduce((before, key) => edit(before, key) ?? before, fieldOf(text))
  const all = characters(field.text)
  return [...all.slice(0, field.caret), '|', ...all.slice(field.caret)].join('')
}

describe('a line being typed', () => {
  test.each([
    ['status:', ['f', 'a'], 'status:fa|'],
    ['abc', ['left', 'left', 'x'], 'ax|bc'],
    ['abc', ['home', 'right', 'delete'], 'a|c'],
    ['abc', ['ctrl-a', 'backspace', 'delete'], '|bc'],
    ['one two  ', ['ctrl-w'], 'one |'],
    ['one', ['ctrl-w', 'ctrl-w'], '|'],
    ['one two', ['left', 'left', 'ctrl-u'], '|wo'],
    ['one two', ['left', 'left', 'ctrl-k', 'ctrl-e'], 'one t|'],
    ['cafe\u0301s', ['left', 'backspace'], 'caf|s'],
    ['再開', ['backspace'], '再|'],
    ['👩‍🌾x', ['left', 'backspace'], '|x'],
  ])('%j after %j is %j', (text, keys, expected) => {
    expect(typed(text, ...keys)).toBe(expected)
  })

  test.each(['up', 'enter', 'esc', 'f5', 'ctrl-x', 'alt-b', '\u0007', '\u202e', '\u2028'])(
    'takes no text from %j',
    (key) => {
      expect(edit(fieldOf('ab'), key)).toBeUndefined()
    },
  )

  test('keeps its caret inside, whatever is typed', () => {
    const key = fc.oneof(
      fc.constantFrom('left', 'right', 'home', 'end', 'backspace', 'delete', 'ctrl-u', 'ctrl-w', 'ctrl-k'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      fc.constantFrom('\u0301', '\u200d', 'ñ', '再'),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(key), (text, keys) => {
        let field = fieldOf(text)
        for (const each of keys) field = edit(field, each) ?? field
        expect(field.caret).toBeGreaterThanOrEqual(0)
        expect(field.caret).toBeLessThanOrEqual(characters(field.text).length)
      }),
    )
  })

  test('what is put in stands before the caret and the rest behind it', () => {
    expect(insert({ text: 'ad', caret: 1 }, 'bc')).toEqual({ text: 'abcd', caret: 3 })
    expect(insert({ text: 'e', caret: 1 }, '\u0301')).toEqual({ text: 'e\u0301', caret: 1 })
  })
})
