import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/cli/system-clock.ts'
import { readProcess, signalGroup, signalProcess, startOf } from '../../src/runner/processes.ts'
import { workspaceTagPrefix } from '../../src/runner/reap.ts'
import { ProcessTree } from '../../src/runner/tree.ts'
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
  const stranger = await orphan(`x${tagPrefix}1/1`, 'echo up; exec sleep 600')
  // Each shell has a child.
  expect(await bench.runner.reap()).toBe(4)
  expect(processesOf(`ZAFRA_RUN=${tagPrefix}`)).toEqual([])
  await Promise.all(ours.map(async (child) => child.signalCode ?? once(child, 'exit')))
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
  expect(await bench.runner.reap()).toBe(0)
  stranger.kill('SIGKILL')
  await once(stranger, 'exit')
})

test('a workspace keeps its prefix; another one has another', () => {
  const other = attemptBench()
  expect(workspaceTagPrefix(bench.workspace)).toBe(bench.runner.tagPrefix)
  expect(workspaceTagPrefix(`${bench.workspace}/scrapers/..`)).toBe(bench.runner.tagPrefix)
  expect(other.runner.tagPrefix).not.toBe(bench.runner.tagPrefix)
  return other.close()
})

describe('a stranger who was given a dead one’s pid', () => {
  test.each([
    ['as a process', signalProcess],
    ['as the leader of a group', signalGroup],
  ])('is not signalled %s', async (_, signal) => {
    const child = await orphan('stranger', 'echo up; exec sleep 600')
    const read = readProcess(child.pid!)!
    expect(signal({ ...read, started: read.started - 1 }, 'SIGKILL')).toBe(false)
    expect(child.signalCode).toBeNull()
    expect(signal(read, 'SIGKILL')).toBe(true)
    await once(child, 'exit')
    expect(signal(read, 'SIGKILL')).toBe(false)
  })

  test('is not taken for a part of the tree: as its first process, as one of its session, as a parent', async () => {
    const leader = await orphan('tree', 'echo up; exec sleep 600')
    const tree = new ProcessTree(
      { pid: leader.pid!, started: startOf(leader.pid!), began: 0 },
      'tree',
      systemClock,
    )
    const own = readProcess(leader.pid!)!
    const stranger = {
      ...readProcess((await orphan('stranger', 'echo up; exec sleep 600')).pid!)!,
      resident: 1,
    }
    const FREE = 2 ** 30
    const late = { ...own, started: own.started + 1 }
    expect(tree.observe([late, { ...stranger, session: own.pid }]).resident).toBe(0)
    const ended = { ...late, pid: FREE, parent: own.pid, resident: 0 }
    const given = { ...stranger, parent: FREE, started: own.started + 2 }
    expect(tree.observe([own, ended, given]).resident).toBe(own.resident)
    const child = { ...stranger, parent: own.pid, started: own.started + 2 }
    expect(tree.observe([own, child]).resident).toBe(own.resident + 1)
  })
})
