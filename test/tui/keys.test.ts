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
  ['Esc and a letter read at once', '/', { meta: true }, ['esc', '/']],
  ['Esc and Ctrl-L read at once', 'l', { meta: true, ctrl: true }, ['esc', 'ctrl-l']],
  ['Esc and Enter read at once', '', { meta: true, return: true }, ['esc', 'enter']],
  ['Esc twice', '', { meta: true, escape: true }, ['esc', 'esc']],
  ['Alt and an arrow', '', { meta: true, upArrow: true }, ['up']],
  ['Alt and a key that has no name here', '', { meta: true }, []],
])('%s', (_, input, key, expected) => {
  expect(keyNames(input, key as Key)).toEqual(expected)
})
