import { execFile } from 'node:child_process'
import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { readProcess } from '../../src/runner/processes.ts'
import { startProgram } from '../../src/runner/program.ts'
import { starter, type Started } from '../../src/runner/starter.ts'
import { attemptBench, processesOf, until } from '../support/attempts.ts'
import { testClock } from '../support/clock.ts'

const NOWHERE = { exit_code: null, signal: null }
const env = { PATH: process.env['PATH'] ?? '' }

/** The process that started `pid`. */
const parentOf = (pid: number) => readProcess(pid)!.parent

async function start(script: string): Promise<Started> {
  const started = await starter.start({ file: '/bin/sh', args: ['-c', script] }, { env, cwd: '/' })
  if ('message' in started) throw new Error(started.message)
  onTestFinished(async () => {
    if (readProcess(started.pid)) process.kill(started.pid, 'SIGKILL')
    await started.exit
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
  const parent = readProcess(parentOf(pid))!
  expect(parent.parent).toBe(process.pid)
  expect(parent.session).toBe(parent.pid)
})

test('where it says nothing for a minute it is given up', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const first = await start('exec sleep 600')
  process.kill(parentOf(first.pid), 'SIGSTOP')
  const asked = starter.start({ file: '/bin/sh', args: ['-c', 'exit'] }, { env, cwd: '/' })
  vi.advanceTimersByTime(70_000)
  expect(await asked).toMatchObject({ code: 'EAGAIN' })
  expect(await first.exit).toEqual(NOWHERE)
})

test('what tells everything to end, and what cannot even be asked of the system, does not end it', async () => {
  const first = await start('exec sleep 600')
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.kill(parentOf(first.pid), signal)
  const refused = starter.start({ file: '/bin/sh', args: ['-c', '\0'] }, { env, cwd: '/' })
  expect(await refused).toMatchObject({ message: expect.stringContaining('null bytes') })
  const second = await start('exit 0')
  expect(await second.exit).toEqual({ exit_code: 0, signal: null })
  expect(readProcess(first.pid)).toBeDefined()
})

test('where no more files may be opened, what was asked is refused, now and later', async () => {
  const program = new URL('few-files.ts', import.meta.url).pathname
  const script = `ulimit -n 60; exec "${process.execPath}" "${program}"`
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', script])
  expect(stdout.trim().split('\n')).toEqual(Array(2).fill(expect.stringMatching(/^nothing can be started/)))
})

test('an attempt that loses it leaves no process behind, and may be tried again', async () => {
  const bench = attemptBench()
  onTestFinished(() => bench.close())
  const attempt = bench.start({ script: 'echo here; echo $$; sleep 600 & wait' })
  await bench.says('here')
  await until(() => bench.lines('out').then((lines) => lines.length === 2), 'the pid is in the log')
  process.kill(parentOf(Number((await bench.lines('out'))[1]?.text)), 'SIGKILL')
  const { outcome, error } = await attempt.done
  expect({ outcome, ...error }).toMatchObject({
    outcome: 'failed',
    class: 'transient',
    message: expect.stringContaining('not known'),
  })
  expect(processesOf(bench.workspace)).toEqual([])
})

test('one that loses it before it was told that it runs is started again, and only once', async () => {
  const bench = attemptBench()
  onTestFinished(() => bench.close())
  const other = await start('exec sleep 600')
  const running = join(bench.workspace, 'running')
  const attempt = bench.start({ script: `echo $$ >> "${running}"; exec sleep 600` })
  // The order is out; what is said of it waits in the channel while this does not give way.
  const waits = new Int32Array(new SharedArrayBuffer(4))
  for (let turn = 0; turn < 1500 && !existsSync(running); turn++) Atomics.wait(waits, 0, 0, 10)
  process.kill(parentOf(other.pid), 'SIGKILL')
  const pids = () => readFileSync(running, 'utf8').trim().split('\n')
  await until(() => pids().length === 2, 'it was started twice')
  expect(processesOf(bench.runner.tagPrefix)).toEqual(pids().slice(1))
  attempt.stop('cancel')
  expect(await attempt.done).toMatchObject({ outcome: 'cancelled' })
})

describe('a program that cannot be started just now', () => {
  /** A program that somebody is writing to, and the clock by which it is tried. */
  function busy() {
    const folder = mkdtempSync(join(tmpdir(), 'zafra-busy-'))
    const file = join(folder, 'program')
    copyFileSync('/bin/sh', file)
    const writing = openSync(file, 'r+')
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const clock = testClock()
    const stop = new AbortController()
    const begun = startProgram(
      { file, args: ['-c', 'exit 5'] },
      { env, cwd: '/', tag: 'busy', clock, stop: stop.signal },
    )
    const tried = async (times: number) => {
      for (let done = 0; done < times; done++) {
        await until(() => clock.timers > 0, 'it waits')
        clock.advance(60_000)
      }
    }
    return { writing, stop, begun, tried, clock }
  }

  test('is tried again until it can be', async () => {
    const { writing, begun, tried } = busy()
    await tried(5)
    closeSync(writing)
    await tried(1)
    const program = await begun
    expect('exit' in program && (await program.exit)).toEqual({ exit_code: 5, signal: null })
  })

  test('is refused in the end, or at once where it is to stop', async () => {
    const { writing, begun, tried } = busy()
    await tried(11)
    expect(await begun).toMatchObject({ refused: 'transient', message: expect.stringContaining('ETXTBSY') })
    closeSync(writing)
    const stopped = busy()
    await stopped.tried(1)
    await until(() => stopped.clock.timers > 0, 'it waits')
    stopped.stop.abort()
    expect(await stopped.begun).toMatchObject({ refused: 'transient' })
    expect(stopped.clock.timers).toBe(0)
    closeSync(stopped.writing)
  })
})
