import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ScraperConfig } from '../../src/domain/config.ts'
import { scraperCommand } from '../../src/runner/index.ts'

let workspace: string
let builtin: string
const own = (name: string) => join(workspace, 'scrapers', name)

beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'zafra-command-'))
  builtin = join(workspace, 'builtin')
  const files = ['a.ts', 'a.py', 'b.js', 'c.mjs', 'd.py', 'e.sh', 'f', 'g', 'both.py'].map(own)
  for (const file of [...files, join(builtin, 'both.js'), join(builtin, 'cyt.js')]) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, '')
  }
  mkdirSync(own('h.py'))
  chmodSync(own('f'), 0o755)
})
afterAll(() => rmSync(workspace, { recursive: true }))

function command(name: string, configured: string[] | null = null) {
  const settings: ScraperConfig = { command: configured, pass_env: [], timeout: null, browser: false }
  return scraperCommand({ workspace, scrapers: { [name]: settings } }, builtin, name)
}

test('a file in scrapers/ runs with the interpreter of its extension', () => {
  expect(command('a')).toEqual({ file: process.execPath, args: [own('a.ts')] })
  expect(command('b')).toEqual({ file: process.execPath, args: [own('b.js')] })
  expect(command('c')).toEqual({ file: process.execPath, args: [own('c.mjs')] })
  expect(command('d')).toEqual({ file: 'python3', args: [own('d.py')] })
  expect(command('e')).toEqual({ file: '/bin/sh', args: [own('e.sh')] })
  expect(command('f')).toEqual({ file: own('f'), args: [] })
})

test('the configured command goes first, then the workspace, then what is built in', () => {
  expect(command('d', ['ruby', './own.rb', '-q'])).toEqual({
    file: 'ruby',
    args: [join(workspace, 'own.rb'), '-q'],
  })
  expect(command('d', ['bin/mine'])).toEqual({ file: join(workspace, 'bin/mine'), args: [] })
  expect(command('both')).toEqual({ file: 'python3', args: [own('both.py')] })
  expect(command('cyt')).toEqual({ file: process.execPath, args: [join(builtin, 'cyt.js')] })
})

test.each(['g', 'h', 'nobody', '../builtin/cyt', ''])('%j is no scraper', (name) => {
  expect(command(name)).toBeUndefined()
})
