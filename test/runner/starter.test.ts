import { expect, onTestFinished, test } from 'vitest'
import { readProcess } from '../../src/runner/processes.ts'
import { starter, type Started } from '../../src/runner/starter.ts'
import { attemptBench, processesOf, until } from '../support/attempts.ts'

const env = { PATH: process.env['PATH'] ?? '' }

async function start(script: string): Promise<Started> {
  const started = await starter.start({ file: '/bin/sh', args: ['-c', script] }, { env, cwd: '/' })
  if ('message' in started) throw new Error(started.message)
  onTestFinished(() => {
    if (readProcess(started.pid)) process.kill(started.pid, 'SIGKILL')
  })
  return started
}

test('what is said before anybody listens is heard, and how it ended', async () => {
  const { stdout, exit } = await start('echo early; exit 3')
  expect(await exit).toEqual({ exit_code: 3, signal: null })
  expect((await stdout.toArray()).join('')).toBe('early\n')
})

test('its processes are children of a small process, not of ours', async () => {
  const { pid } = await start('exec sleep 600')
  const parent = readProcess(readProcess(pid)!.parent)!
  expect(parent.parent).toBe(process.pid)
  expect(parent.session).toBe(parent.pid)
})

test('where it is killed, what it started counts as ended by a signal, and the next is started by a new one', async () => {
  const first = await start('exec sleep 600')
  process.kill(readProcess(first.pid)!.parent, 'SIGKILL')
  expect(await first.exit).toEqual({ exit_code: null, signal: 'SIGKILL' })
  const second = await start('exit 4')
  expect(await second.exit).toEqual({ exit_code: 4, signal: null })
})

test('an attempt that loses it leaves no process behind, and may be tried again', async () => {
  const bench = attemptBench()
  onTestFinished(() => bench.close())
  const attempt = bench.start({ script: 'echo here; echo $$; sleep 600 & wait' })
  await bench.says('here')
  await until(() => bench.lines('out').then((lines) => lines.length === 2), 'the pid is in the log')
  const pid = Number((await bench.lines('out'))[1]?.text)
  process.kill(readProcess(pid)!.parent, 'SIGKILL')
  expect(await attempt.done).toMatchObject({ outcome: 'failed', error: { class: 'transient' } })
  expect(processesOf(bench.workspace)).toEqual([])
})
