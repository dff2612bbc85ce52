import { expect, test } from 'vitest'
import { clipboardSequence } from '../../src/tui/copy.ts'

test('text goes to the clipboard by OSC 52', () => {
  expect(clipboardSequence('ñandú', false)).toBe('\u001b]52;c;w7FhbmTDug==\u0007')
})

test('tmux is asked to take it and to hand it on', () => {
  expect(clipboardSequence('a', true)).toBe(
    '\u001b]52;c;YQ==\u0007\u001bPtmux;\u001b\u001b]52;c;YQ==\u0007\u001b\\',
  )
})

test('what is longer than a terminal takes is not sent', () => {
  // Three bytes are four characters of base64.
  expect(clipboardSequence('x'.repeat((74_992 / 4) * 3), false)).toBeDefined()
  expect(clipboardSequence('x'.repeat((74_992 / 4) * 3 + 1), false)).toBeUndefined()
})
