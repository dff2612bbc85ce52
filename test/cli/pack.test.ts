import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { start, temporaryFolder, zafra } from '../support/program.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What a user's installation holds besides Zafra: the packages of the lock file that are not for development. */
function runtimePackages(): string[] {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean; optional?: boolean }>
  }
  return Object.entries(lock.packages)
    .filter(([path, { dev, devOptional, optional }]) => path !== '' && !dev && !devOptional && !optional)
    .map(([path]) => path)
    .filter((path) => path.lastIndexOf('node_modules/') === 0)
}

/** Installs the packed program into `prefix` as a package manager would, but from this folder, without a network. */
function install(prefix: string): string {
  // `npm test` has built; packing must not build once more under the feet of other tests.
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', prefix], { cwd: ROOT })
  const home = join(prefix, 'lib/node_modules/zafra')
  mkdirSync(home, { recursive: true })
  execFileSync('tar', ['-xzf', join(prefix, 'zafra-0.1.0.tgz'), '-C', home, '--strip-components=1'])
  for (const path of runtimePackages()) cpSync(join(ROOT, path), join(home, path), { recursive: true })
  mkdirSync(join(prefix, 'bin'))
  symlinkSync('../lib/node_modules/zafra/bin/zafra.js', join(prefix, 'bin/zafra'))
  return join(prefix, 'bin/zafra')
}

test('npm pack, installed into an empty prefix, is a working zafra', async () => {
  using prefix = temporaryFolder()
  const program = install(prefix.path)
  const workspace = join(prefix.path, 'workspace')

  expect(await zafra(['init', workspace], { program, cwd: '/' })).toMatchObject({ status: 0 })
  expect(await zafra(['db', 'migrate', '-w', workspace], { program, cwd: '/' })).toMatchObject({ status: 0 })

  // Portals, a built-in scraper and the whole line between them; the rest of the batch adds nothing here.
  const demo = start(['demo', '--headless', '--speed', '50'], { program, cwd: '/' })
  await demo.says(/completed +\d+ {2}cyt CyT Gdl Ven Cas {2}\d+ rows/)
  demo.process.kill('SIGTERM')
  expect(await demo.ended).toMatchObject({ status: 130 })
})
