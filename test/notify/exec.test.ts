import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ChannelConfig } from '../../src/domain/config.ts'
import { temporaryFolder } from '../support/program.ts'
import { ALERT, delivery, messengerOf, ON } from './support.ts'

function setUp(script: string, more: Partial<Extract<ChannelConfig, { type: 'exec' }>> = {}) {
  const folder = temporaryFolder()
  onTestFinished(() => folder[Symbol.dispose]?.())
  mkdirSync(folder.path, { recursive: true })
  const channel: ChannelConfig = {
    type: 'exec',
    command: ['sh', '-c', script, 'sh', '$(touch owned)', 'a b'],
    pass_env: [],
    timeout: 10,
    on: ON,
    ...more,
  }
  const env = { PATH: process.env['PATH'] ?? '', OTHER: 'not-for-it', TOKEN: 't0ken-of-tests' }
  const { messenger, clock } = messengerOf(channel, env, { workspace: folder.path })
  return { messenger, clock, path: (name: string) => join(folder.path, name) }
}

test('a program is given JSON, its arguments as they are, and the variables it may have', async () => {
  const { messenger, path } = setUp('cat > in.json; printf "%s|" "$@" > args; env > env', {
    pass_env: ['TOKEN'],
  })
  expect(await messenger.send(delivery())).toEqual({ sent: true })
  expect(JSON.parse(readFileSync(path('in.json'), 'utf8'))).toMatchObject({
    delivery: delivery().id,
    event: 'alert',
    message: 'nothing new starts',
  })
  expect(readFileSync(path('args'), 'utf8')).toBe('$(touch owned)|a b|')
  const env = readFileSync(path('env'), 'utf8')
  expect(env).toContain('TOKEN=t0ken-of-tests')
  expect(env).not.toContain('OTHER')
})

test('a failure is told with its last words, without the secrets', async () => {
  const { messenger } = setUp('echo "no route, $TOKEN" >&2; exit 3', { pass_env: ['TOKEN'] })
  expect(await messenger.send(delivery())).toEqual({
    sent: false,
    reason: 'exit status 3: no route, ******',
    final: false,
    wait_s: null,
  })
})

test('one that does not read is given no broken pipe', async () => {
  const { messenger } = setUp('exec <&-; exit 0')
  const message = 'x'.repeat(1_000_000)
  expect(await messenger.send(delivery({ ...ALERT, message } as typeof ALERT))).toEqual({ sent: true })
})

test('nothing is started where it is stopped already', async () => {
  const { messenger, path } = setUp('touch begun')
  const stop = AbortSignal.abort(new Error('the engine ends'))
  expect(await messenger.send(delivery(), stop)).toMatchObject({ sent: false, reason: 'the engine ends' })
  expect(existsSync(path('begun'))).toBe(false)
})

test('a program that is not there', async () => {
  const { messenger } = setUp('', { command: ['./no-such-program'] })
  expect(await messenger.send(delivery())).toMatchObject({
    sent: false,
    reason: expect.stringContaining('ENOENT'),
  })
})

test('one that hangs is killed with all that it started', async () => {
  const { messenger, clock, path } = setUp('sleep 600 & echo $! > child; echo $$ > own; wait')
  const sending = messenger.send(delivery())
  const children = await written(path('own')).then(() => [path('child'), path('own')].map(pidIn))
  clock.advance(10_000)
  expect(await sending).toMatchObject({ sent: false, reason: 'no answer in 10 s' })
  for (const pid of children) await gone(pid)
})

function pidIn(file: string): number {
  return Number(readFileSync(file, 'utf8'))
}

async function written(file: string): Promise<void> {
  await until(() => {
    try {
      return readFileSync(file, 'utf8').endsWith('\n')
    } catch {
      return false
    }
  })
}

async function gone(pid: number): Promise<void> {
  await until(() => {
    try {
      process.kill(pid, 0)
      return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
    } catch {
      return true
    }
  })
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it did not come about')
    await new Promise((again) => setImmediate(again))
  }
}
