import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readProcess, signalProcess } from '../../src/runner/processes.ts'
import { workspaceTagPrefix } from '../../src/runner/reap.ts'
import { attemptBench, processesOf, type AttemptBench } from '../support/attempts.ts'

let bench: AttemptBench
let children: ChildProcess[] = []
beforeEach(() => {
  bench = attemptBench()
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  await bench.close()
})

/** A process as a dead engine leaves it: only its tag tells whose it is. */
async function orphan(
  tag: string,
  script = "trap '' TERM; echo up; while :; do sleep 600; done",
): Promise<ChildProcess> {
  const env = { PATH: process.env['PATH'], ZAFRA_RUN: tag }
  const child = spawn('/bin/sh', ['-c', script], { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
  children.push(child)
  await once(child.stdout, 'data')
  return child
}

test('reap kills what carries a tag of this workspace, and nothing else', async () => {
  const { tagPrefix } = bench.runner
  const ours = await Promise.all([orphan(`${tagPrefix}1/1`), orphan(`${tagPrefix}2/3`)])
  const stranger = await orphan(`x${tagPrefix}1/1`)
  // Each shell has a child.
  expect(await bench.runner.reap()).toBe(4)
  expect(processesOf(`ZAFRA_RUN=${tagPrefix}`)).toEqual([])
  await Promise.all(ours.map(async (child) => child.signalCode ?? once(child, 'exit')))
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
  process.kill(-stranger.pid!, 'SIGKILL')
  expect(await bench.runner.reap()).toBe(0)
})

test('a workspace keeps its prefix; another one has another', () => {
  const other = attemptBench()
  expect(workspaceTagPrefix(bench.workspace)).toBe(bench.runner.tagPrefix)
  expect(workspaceTagPrefix(`${bench.workspace}/scrapers/..`)).toBe(bench.runner.tagPrefix)
  expect(other.runner.tagPrefix).not.toBe(bench.runner.tagPrefix)
  return other.close()
})

test('a process that was given a dead one’s pid is not signalled', async () => {
  const child = await orphan('stranger', 'echo up; exec sleep 600')
  const read = readProcess(child.pid!)!
  expect(signalProcess({ ...read, started: read.started - 1 }, 'SIGKILL')).toBe(false)
  expect(child.signalCode).toBeNull()
  expect(signalProcess(read, 'SIGKILL')).toBe(true)
  await once(child, 'exit')
  expect(signalProcess(read, 'SIGKILL')).toBe(false)
})
