import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findChromium } from '../../src/runner/chromium.ts'

test('the browser is the one that is named, if it can be run, and no other instead', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'zafra-chromium-')), 'chromium')
  expect(findChromium({ ZAFRA_CHROMIUM: path })).toBeUndefined()
  writeFileSync(path, '')
  chmodSync(path, 0o644)
  expect(findChromium({ ZAFRA_CHROMIUM: path })).toBeUndefined()
  chmodSync(path, 0o755)
  expect(findChromium({ ZAFRA_CHROMIUM: path })).toBe(path)
})
