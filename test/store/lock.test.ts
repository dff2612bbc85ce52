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

/** How often to let twenty race; the race of issue B is 50 rounds. */
const ROUNDS = Number(process.env['ZAFRA_ROUNDS'] ?? 5)

interface Starter {
  child: ChildProcess
  /** Tries for the lock of `folder`. */
  tries(folder: string): Promise<string>
  stderr(): string
}

/** A process that tries to take the lock when told to. */
async function starter(): Promise<Starter> {
  const child = spawn(process.execPath, ['--expose-gc', STARTER], { stdio: ['pipe', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stderr = ''
  child.stderr.on('data', (data) => (stderr += String(data)))
  const lines = createInterface(child.stdout)
  await once(lines, 'line')
  return {
    child,
    stderr: () => stderr,
    async tries(folder) {
      child.stdin.write(`${folder}\n`)
      const [said] = (await once(lines, 'line')) as [string]
      return said
    },
  }
}

test(
  'of twenty that start at once, exactly one gets the workspace, each time',
  async () => {
    const starters = await Promise.all(Array.from({ length: 20 }, () => starter()))
    for (let round = 0; round < ROUNDS; round++) {
      const folder = join(await makeFolder(), '.zafra')
      const said = await Promise.all(starters.map((each) => each.tries(folder)))
      expect([round, said.filter((each) => each === 'mine')]).toEqual([round, ['mine']])
      const winner = starters[said.indexOf('mine')]
      expect(lockOwner(folder)).toEqual({ pid: winner?.child.pid, started_at: AT.toISOString() })
    }
    expect(starters.map((each) => each.stderr()).join('')).toBe('')
  },
  60_000 + ROUNDS * 5_000,
)

test('a killed owner leaves nothing behind: whoever waits has the workspace within a second', async () => {
  const folder = join(await makeFolder(), '.zafra')
  const owners = await Promise.all([starter(), starter(), starter()])
  for (const owner of owners) {
    expect(await owner.tries(folder)).toBe('mine')
    expect(acquireLock(folder, AT)).toBeUndefined()
    const killed = performance.now()
    owner.child.kill('SIGKILL')
    let lock
    while (!lock) lock = acquireLock(folder, AT)
    expect(performance.now() - killed).toBeLessThan(1_000)
    lock.release()
  }
})

test('a released lock can be taken again, in a folder that is the owner’s alone', async () => {
  const folder = join(await makeFolder(), '.zafra')
  expect(lockOwner(folder)).toBeUndefined()
  const lock = acquireLock(folder, AT)
  expect(acquireLock(folder, AT)).toBeUndefined()
  lock?.release()
  const again = acquireLock(folder, AT)
  expect(again).toBeDefined()
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  for (const name of ['lock.db', 'owner.json'])
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
  again?.release()
})

test('who only looks owns nothing, and a clean end leaves no owner', async () => {
  const folder = join(await makeFolder(), '.zafra')
  const look = acquireLock(folder, null)
  expect(acquireLock(folder, null)).toBeUndefined()
  expect(lockOwner(folder)).toBeUndefined()
  look?.release()
  const lock = acquireLock(folder, AT)
  expect(lockOwner(folder)?.pid).toBe(process.pid)
  lock?.release()
  expect(lockOwner(folder)).toBeUndefined()
})

test('a folder that cannot be locked is named', async () => {
  const file = join(await makeFolder(), 'file')
  acquireLock(file, AT)?.release()
  expect(() => acquireLock(join(file, 'lock.db', 'below'), AT)).toThrow(
    expect.objectContaining({ code: 'database' }),
  )
})
