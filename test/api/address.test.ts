import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { chooseSocket, dropSocket, socketOf } from '../../src/api/address.ts'
import { temporaryFolder } from '../support/program.ts'

test('it is in the folder of the workspace, which is its owner’s alone', () => {
  using folder = temporaryFolder()
  const own = join(folder.path, '.zafra')
  expect(chooseSocket(own, null)).toBe(join(own, 'engine.sock'))
  expect(socketOf(own)).toBe(join(own, 'engine.sock'))
  expect(statSync(own).mode & 0o777).toBe(0o700)
})

test('in a folder too deep for a socket it is in a short one of the user, and can be found', () => {
  using folder = temporaryFolder()
  const own = join(folder.path, 'ñ'.repeat(60), '.zafra')
  const path = chooseSocket(own, null, folder.path)
  expect(Buffer.byteLength(path)).toBeLessThanOrEqual(107)
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700)
  expect(socketOf(own)).toBe(path)
  expect(chooseSocket(own, null, folder.path)).toBe(path)
  dropSocket(own, path)
  expect(socketOf(own)).toBe(join(own, 'engine.sock'))
})

test('a folder that others may write in is not trusted', () => {
  using folder = temporaryFolder()

  const open = join(folder.path, `zafra-${process.getuid!()}`)
  mkdirSync(open)
  chmodSync(open, 0o770)
  const own = join(folder.path, 'x'.repeat(100), '.zafra')
  expect(() => chooseSocket(own, null, folder.path)).toThrow(/is open to others/)
})

test('a configured one is used as it is said, and can be found', () => {
  using folder = temporaryFolder()
  const own = join(folder.path, '.zafra')
  const wanted = join(folder.path, 'run', 'here.sock')
  expect(chooseSocket(own, wanted)).toBe(wanted)
  expect(socketOf(own)).toBe(wanted)
  expect(() => chooseSocket(own, join(folder.path, 'x'.repeat(120)))).toThrow(/more than 107 bytes/)
})

test('a socket that nobody listens on any more is replaced; a file is left alone', async () => {
  using folder = temporaryFolder()
  const own = join(folder.path, '.zafra')
  const path = chooseSocket(own, null)
  const server = createServer().listen(path)
  await once(server, 'listening')
  chooseSocket(own, null)
  expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined()
  server.close()
  writeFileSync(path, 'mine')
  expect(() => chooseSocket(own, null)).toThrow(/is no socket/)
})
