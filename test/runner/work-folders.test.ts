import { execFile } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WorkFolders } from '../../src/runner/work-folders.ts'

let workspace: string
let folders: WorkFolders

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'zafra-work-'))
  folders = new WorkFolders(workspace)
})

afterEach(() => rmSync(workspace, { recursive: true }))

test('no two attempts have the same folder at the same time', async () => {
  const [first, second] = [folders.take(), folders.take()]
  expect(second).not.toBe(first)
  await folders.giveBack(first)
  expect(folders.take()).toBe(first)
  expect(folders.take()).not.toBe(first)
})

test.each([
  ['left a file in it', (folder: string) => writeFileSync(join(folder, 'kept'), '')],
  ['opened it to others', (folder: string) => chmodSync(folder, 0o777)],
  [
    'put a link in its place',
    (folder: string) => {
      rmdirSync(folder)
      symlinkSync(workspace, folder)
    },
  ],
  ['removed it', (folder: string) => rmdirSync(folder)],
])('an attempt that %s leaves nothing to the next one', async (_, leave) => {
  const before = folders.take()
  leave(before)
  await folders.giveBack(before)
  expect(existsSync(before)).toBe(false)
  const next = folders.take()
  expect(next).not.toBe(before)
  expect(statSync(next).mode & 0o777).toBe(0o700)
})

test('what was put into a folder while nobody had it is not handed out', async () => {
  const folder = folders.take()
  await folders.giveBack(folder)
  mkdirSync(join(folder, 'later'))
  expect(folders.take()).not.toBe(folder)
})

test('what a program protected from being written to is removed too', async () => {
  // For root nothing is protected.
  const program = `
    import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
    import { WorkFolders } from '${new URL('../../src/runner/work-folders.ts', import.meta.url).pathname}'
    const folders = new WorkFolders('${workspace}')
    const [folder, kept] = [folders.take(), folders.take()]
    for (const each of [folder, kept]) {
      mkdirSync(each + '/a/b', { recursive: true })
      writeFileSync(each + '/a/b/c', '')
      for (const path of ['/a/b', '/a']) chmodSync(each + path, 0o500)
    }
    await folders.giveBack(folder)
    await new WorkFolders('${workspace}').clear()
    console.log(existsSync(folder), existsSync(kept))`
  chmodSync(workspace, 0o777)
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    ...(process.getuid?.() === 0 && { uid: 65_534, gid: 65_534 }),
  })
  expect(stdout.trim()).toBe('false false')
})

test('clears what an engine before it left', async () => {
  const left = new WorkFolders(workspace).take()
  await folders.clear()
  expect(existsSync(left)).toBe(false)
  expect(existsSync(folders.take())).toBe(true)
})
