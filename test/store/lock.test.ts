import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { acquireLock, lockOwner } from '../../src/store/index.ts'
import { makeFolder } from './support.ts'

const STARTER = fileURLToPath(new URL('starter.ts', import.meta.url))
const AT = new Date('2025-09-16T10:00:00.000Z')

/** A process that tries to take the lock, says whether it has it, and stays. */
async function starter(folder: string): Promise<{ child: ChildProcess; said: string; stderr: () => string }> {
  const child = spawn(process.execPath, ['--expose-gc', STARTER, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stderr = ''
  child.stderr.on('data', (data) => (stderr += String(data)))
  const [said] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { child, said, stderr: () => stderr }
}

test('of many that start at once, one gets the workspace', async () => {
  const folder = join(await makeFolder(), '.zafra')
  const starters = await Promise.all(Array.from({ length: 5 }, () => starter(folder)))
  expect(starters.map(({ said }) => said).sort()).toEqual(['mine', 'taken', 'taken', 'taken', 'taken'])
  const winner = starters.find(({ said }) => said === 'mine')
  expect(lockOwner(folder)).toEqual({ pid: winner?.child.pid, started_at: AT.toISOString() })
  expect(starters.map(({ stderr }) => stderr()).join('')).toBe('')
})

test('a killed owner leaves nothing behind', async () => {
  const folder = join(await makeFolder(), '.zafra')
  for (let round = 0; round < 3; round++) {
    const owner = await starter(folder)
    expect(owner.said).toBe('mine')
    expect(acquireLock(folder, AT)).toBeUndefined()
    owner.child.kill('SIGKILL')
    await once(owner.child, 'exit')
  }
  const lock = acquireLock(folder, AT)
  expect(lock).toBeDefined()
  lock?.release()
})

test('a released lock can be taken again, in a folder that is the owner’s alone', async () => {
  const folder = join(await makeFolder(), '.zafra')
  expect(lockOwner(folder)).toBeUndefined()
  const lock = acquireLock(folder, AT)
  expect(acquireLock(folder, AT)).toBeUndefined()
  lock?.release()
  const again = acquireLock(folder, AT)
  expect(again).toBeDefined()
  again?.release()
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  for (const name of ['lock.db', 'owner.json'])
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
})

test('a folder that cannot be locked is named', async () => {
  const file = join(await makeFolder(), 'file')
  acquireLock(file, AT)?.release()
  expect(() => acquireLock(join(file, 'lock.db', 'below'), AT)).toThrow(
    expect.objectContaining({ code: 'database' }),
  )
})
