import { copyFileSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { PROGRAM, sourcesOf, start, temporaryFolder, writeTree, zafra } from '../support/program.ts'
import { makeWorkspace, RUNNING } from './workspace.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** A Node that says it is version 20; what it starts is the one of the installed `node` package. */
const OLD_NODE = [
  process.execPath,
  '--import',
  `data:text/javascript,${encodeURIComponent(
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.11.0' } })",
  )}`,
]

/** The machine's own Nodes that are too old. */
const REAL_OLD_NODES = ['/usr/bin/node', '/usr/local/bin/node'].filter(
  (path) => existsSync(path) && Number(/\d+/.exec(execFileSync(path, ['-v'], { encoding: 'utf8' }))) < 22,
)

test('--version, from any folder and through a symlink, loads neither Ink nor an engine', async () => {
  using folder = temporaryFolder()
  const link = join(folder.path, 'zafra')
  symlinkSync(PROGRAM, link)
  const loaded = join(folder.path, 'loaded.mjs')
  writeTree(folder.path, {
    'loaded.mjs': `
      import { registerHooks } from 'node:module'
      registerHooks({ load: (url, context, next) => (process.stderr.write(url + '\\n'), next(url, context)) })`,
  })
  const ended = await zafra(['--version'], {
    program: link,
    cwd: folder.path,
    node: [process.execPath, '--import', loaded],
  })
  expect(ended).toMatchObject({ status: 0, stdout: `${version}\n` })
  const own = sourcesOf(ended.stderr)
  expect(own.filter((source) => /\/yargs\//.test(source))).not.toEqual([])
  const others = /\/(ink|react|kysely|sql\.js|zod|execa)\/|^src\/(tui|engine|store)\//
  expect(own.filter((source) => others.test(source))).toEqual([])
})

test.each([
  { name: 'one that says so', node: OLD_NODE },
  ...REAL_OLD_NODES.map((path) => ({ name: path, node: [path] })),
])(
  'on a Node that is too old ($name) the bundled one runs the same command line, with its exit status',
  async ({ node }) => {
    expect(await zafra(['--version'], { node })).toMatchObject({
      status: 0,
      stdout: `${version}\n`,
      stderr: '',
    })
    expect(await zafra(['no', 'such'], { node })).toMatchObject({ status: 2 })
  },
)

test('a signal to the old Node reaches the program', async () => {
  using folder = temporaryFolder()
  makeWorkspace(folder.path, { cities: ['Guadalajara'], waits: true })
  const run = start(['run', '-v'], { cwd: folder.path, node: OLD_NODE })
  await run.says(RUNNING)
  run.process.kill('SIGINT')
  await run.says(/Draining/)
  run.process.kill('SIGTERM')
  expect(await run.ended).toMatchObject({ status: 130, stderr: expect.stringContaining('was stopped') })
})

test('without a bundled Node it says so in one line, and ends with 2', async () => {
  using folder = temporaryFolder()
  const alone = join(folder.path, 'zafra.js')
  copyFileSync(PROGRAM, alone)
  writeTree(folder.path, { 'package.json': '{ "type": "module" }' })
  const { status, stdout, stderr } = await zafra(['status'], { program: alone, node: OLD_NODE })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/^zafra: needs Node 22\.13 or newer and this is 20\.11\.0; .*\n$/)
})
