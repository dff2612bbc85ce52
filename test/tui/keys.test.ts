import type { Key } from 'ink'
import { expect, test } from 'vitest'
import { keyNames } from '../../src/tui/keys.ts'

test.each<[string, string, Partial<Key>, string[]]>([
  ['a letter', 'j', {}, ['j']],
  ['a capital', 'G', { shift: true }, ['G']],
  ['a burst', 'jjk', {}, ['j', 'j', 'k']],
  ['a burst with Enter in it', 'j\rj', {}, ['j', 'enter', 'j']],
  ['a burst with Esc, Tab and Ctrl in it', 'q\u001b\t\u0004', {}, ['q', 'esc', 'tab', 'ctrl-d']],
  ['a letter with its accent', 'e\u0301', {}, ['e\u0301']],
  ['Enter', '', { return: true }, ['enter']],
  ['Esc', '', { escape: true }, ['esc']],
  ['an arrow', '', { downArrow: true }, ['down']],
  ['Shift-Tab', '', { tab: true, shift: true }, ['shift-tab']],
  ['Ctrl-L', 'l', { ctrl: true }, ['ctrl-l']],
  ['Alt-x', 'x', { meta: true }, ['alt-x']],
])('%s', (_, input, key, expected) => {
  expect(keyNames(input, key as Key)).toEqual(expected)
})
