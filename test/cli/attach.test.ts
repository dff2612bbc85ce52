import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Overview } from '../../src/domain/query.ts'
import { acquireLock } from '../../src/store/index.ts'
import { processesOf } from '../support/processes.ts'
import { sourcesOf, start, temporaryFolder, zafra, type Started } from '../support/program.ts'
import { inProcess } from './in-process.ts'
import { makeWorkspace, RUNNING } from './workspace.ts'

let folder: ReturnType<typeof temporaryFolder>
const started: Started[] = []

beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(async () => {
  for (const { process } of started) process.kill('SIGCONT')
  for (const { process } of started) process.kill('SIGKILL')
  await Promise.all(started.splice(0).map(({ ended }) => ended))
  for (const pid of processesOf(folder.path)) process.kill(pid, 'SIGKILL')
  folder[Symbol.dispose]()
})

function begin(...args: string[]): Started {
  const one = start(args, { cwd: folder.path })
  started.push(one)
  return one
}

/** An engine in another process, whose first task runs until \`finish\`. */
async function owner(): Promise<Started> {
  makeWorkspace(folder.path, { cities: ['Guadalajara', 'Zapopan', 'Tonala'], waits: true })
  const run = begin('run', '-v')
  await run.says(RUNNING)
  return run
}

const finish = () => writeFileSync(join(folder.path, 'go'), '')
const here = (...args: string[]) => inProcess([...args, '-w', folder.path])

async function overview(...place: string[]): Promise<Overview> {
  const { stdout } = await inProcess([
    'status',
    '--json',
    ...(place.length > 0 ? place : ['-w', folder.path]),
  ])
  return JSON.parse(stdout) as Overview
}

describe('from a second shell', () => {
  test('every command works on the engine that runs', async () => {
    const run = await owner()
    expect(await overview()).toMatchObject({
      engine: { state: 'running', pid: run.process.pid, closing_stops_work: false },
      running: [{ city: 'Gdl' }],
    })
    expect(await here('pause', '--site', 'CyT')).toMatchObject({ status: 0, stdout: 'CyT paused\n' })
    expect((await overview()).sites).toMatchObject([{ state: 'paused' }])
    expect(await here('unpause', '--site', 'CyT')).toMatchObject({ stdout: 'CyT goes on\n' })
    expect(await here('cancel', '2')).toMatchObject({ status: 0, stdout: '1 task cancelled\n' })
    expect(await here('retry', '2')).toMatchObject({ stdout: '1 task to be tried again\n', stderr: '' })
    expect(await here('retry', '99')).toMatchObject({ status: 1 })
    expect((await here('tasks', '--status', 'running', '--no-header')).stdout).toMatch(/^1\trunning\t/)
    expect((await here('task', '1')).stdout).toContain('attempts\t1')
    expect((await here('batches', '--no-header')).stdout).toMatch(/\trunning\t3\t/)
    const again = await here('run', '--json')
    expect(JSON.parse(again.stdout)).toMatchObject({ error: { code: 'conflict' } })
    const following = begin('logs', '1', '-f')
    await following.says(/begin Gdl/)
    finish()
    expect(await following.ended).toMatchObject({ status: 0, stdout: expect.stringContaining('completed') })
    expect(await run.ended).toMatchObject({ status: 1 })
  })

  test('a batch can be followed; Ctrl-C there leaves it to the process that it runs in', async () => {
    const run = await owner()
    const follower = begin('resume', '-v')
    await follower.says(RUNNING)
    follower.process.kill('SIGINT')
    const left = await follower.ended
    expect(left.status).toBe(130)
    expect(left.stderr).toMatch(
      new RegExp(`batch \\w+ goes on in process ${run.process.pid}; zafra attaches`),
    )
    expect(await overview()).toMatchObject({ engine: { state: 'running' }, running: [{ city: 'Gdl' }] })
    const stays = begin('resume')
    await stays.says(/tasks completed/)
    finish()
    const end = await stays.ended
    expect(end).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/1 permanently_failed, 2 completed/),
    })
    await run.ended
  })

  test('drain lets what runs end and starts nothing more', async () => {
    const run = await owner()
    expect(await here('drain')).toMatchObject({
      status: 0,
      stdout: '1 task may end, nothing new starts\n',
    })
    finish()
    expect(await run.ended).toMatchObject({ status: 130, stderr: expect.stringContaining('is drained') })
    expect(await here('drain')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining(`no engine runs in ${folder.path}`),
    })
  })

  test('a follower whose engine is killed says so, and waits for it to come back', async () => {
    const run = await owner()
    const follower = begin('resume', '-v')
    await follower.says(RUNNING)
    run.process.kill('SIGKILL')
    await follower.says(/Connection lost: .*\. Trying again\./)
    const next = begin('resume', '--headless')
    await follower.says(/Connected again\./)
    finish()
    expect(await follower.ended).toMatchObject({ status: 1 })
    await next.ended
  })
})

describe('through a socket, wherever its workspace is', () => {
  test('what an engine can do is done, and what needs the workspace is refused', async () => {
    const run = await owner()
    const socket = join(folder.path, '.zafra', 'engine.sock')
    const there = { engine: { pid: run.process.pid } }
    expect(await overview('--socket', socket)).toMatchObject(there)
    expect(await inProcess(['pause', '--socket', '.zafra/engine.sock'], { cwd: folder.path })).toMatchObject({
      status: 0,
    })
    expect(await inProcess(['unpause', '--socket', socket])).toMatchObject({ status: 0 })
    const local = await inProcess(['plan', '--json'], { cwd: folder.path })
    expect(await inProcess(['plan', '--json', '--socket', socket])).toEqual(local)
    expect(await inProcess(['plan', '--socket', socket], { terminal: true })).toMatchObject({
      status: local.status,
      stdout: expect.stringMatching(/_02\W.* tasks, about/),
    })
    expect(await inProcess(['doctor', '--socket', socket])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('-w names it'),
    })
    const follower = start(['resume', '--socket', socket], { cwd: tmpdir() })
    started.push(follower)
    await follower.says(/tasks completed/)
    finish()
    expect((await follower.ended).stdout).toMatch(/2 completed/)
    await run.ended
    expect(await inProcess(['status', '--socket', socket])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('cannot be reached'),
    })
  })
})

describe('who owns the workspace', () => {
  test('and does not answer is named, with exit status 4', async () => {
    makeWorkspace(folder.path, { cities: ['Zapopan'] })
    const lock = acquireLock(join(folder.path, '.zafra'), new Date(Date.now() - 60_000))
    try {
      const { status, stdout } = await here('retry', '--failed', '--json')
      expect(status).toBe(4)
      expect(JSON.parse(stdout)).toMatchObject({
        error: { code: 'workspace_owned', message: expect.stringContaining(`process ${process.pid}`) },
      })
    } finally {
      lock?.release()
    }
  })

  test('and was killed leaves a socket that stands in nobody’s way', async () => {
    const run = await owner()
    run.process.kill('SIGKILL')
    await run.ended
    expect(await overview()).toMatchObject({ engine: { state: 'interrupted', pid: null } })
    finish()
    const next = begin('resume')
    await next.says(/tasks completed/)
    expect((await next.ended).status).toBe(1)
  })

  test('in a folder too deep for a socket is found all the same', async () => {
    const deep = join(folder.path, 'x'.repeat(60), 'y'.repeat(60))
    mkdirSync(deep, { recursive: true })
    makeWorkspace(deep, { cities: ['Guadalajara'], waits: true })
    const run = start(['run', '-v'], { cwd: deep })
    started.push(run)
    await run.says(RUNNING)
    expect(await overview('-w', deep)).toMatchObject({ engine: { pid: run.process.pid, state: 'running' } })
    writeFileSync(join(deep, 'go'), '')
    expect(await run.ended).toMatchObject({ status: 0 })
  })

  test('cannot listen on the network without a token', async () => {
    makeWorkspace(folder.path, { cities: ['Zapopan'] })
    const { status, stderr } = await inProcess(['run', '-w', folder.path], {
      env: { ZAFRA_API__LISTEN: '127.0.0.1:0' },
    })
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('set ZAFRA_API_TOKEN') })
    rmSync(join(folder.path, '.zafra'), { recursive: true })
  })
})

test('a client that is stopped holds up neither the engine nor other clients', async () => {
  const run = await owner()
  const stopped = begin('resume', '-v')
  await stopped.says(RUNNING)
  stopped.process.kill('SIGSTOP')
  const other = begin('resume')
  await other.says(/tasks completed/)
  for (let round = 0; round < 50; round++) {
    expect((await here(round % 2 === 0 ? 'pause' : 'unpause')).status).toBe(0)
  }
  finish()
  expect((await other.ended).status).toBe(1)
  expect((await run.ended).status).toBe(1)
})

test('status of a workspace with an engine loads neither that nor the configuration', async () => {
  const run = await owner()
  writeFileSync(
    join(folder.path, 'loaded.mjs'),
    `import { registerHooks } from 'node:module'
     registerHooks({ load: (url, context, next) => (process.stderr.write(url + '\\n'), next(url, context)) })`,
  )
  const { status, stderr } = await zafra(['status', '-w', folder.path], {
    node: [process.execPath, '--import', join(folder.path, 'loaded.mjs')],
  })
  expect(status).toBe(0)
  const loaded = sourcesOf(stderr)
  expect(loaded).toContain('src/api/client.ts')
  const packages =
    /node_modules\/(string-width|hono|@hono|ink|react|kysely|sql\.js|zod|yaml|execa|pino|node-cron)\//
  const rooms = /^src\/(tui|engine|store|scheduler)\/|^src\/config\/(?!workspace)/
  expect(loaded.filter((source) => packages.test(source) || rooms.test(source))).toEqual([])
  expect(stderr, 'with it comes undici, through its WebSocket').not.toMatch(/^node:http$/m)
  finish()
  await run.ended
})
