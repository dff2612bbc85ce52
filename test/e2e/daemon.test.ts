import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processesOf } from '../support/processes.ts'
import { inProcess } from '../cli/in-process.ts'
import { start, type Started } from '../support/program.ts'
import { select, temporaryFolder, waitingWorkspace } from './workspace.ts'

let folder: ReturnType<typeof temporaryFolder>
const foreground: Started[] = []

beforeEach(() => {
  folder = temporaryFolder()
  waitingWorkspace(folder.path)
})
afterEach(async () => {
  for (const { process: child, ended } of foreground.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
  await command('daemon', 'stop', '--now')
  folder.remove()
})

/** Node has no datagrams on Unix sockets. */
const RECEIVER = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
with open(sys.argv[2], 'w') as heard:
    while True:
        heard.write(s.recv(65536).decode() + '\\n')
        heard.flush()
`

/** Clients are in this process; the daemons are not. */
const command = (...args: string[]) => inProcess([...args, '-w', folder.path], { env: { HOME: folder.path } })

async function answer(...args: string[]): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await command(...args, '--json')
  try {
    return JSON.parse(stdout) as Record<string, unknown>
  } catch {
    throw new Error(`${args.join(' ')}: ${stdout} ${stderr}`)
  }
}

/** A daemon in the foreground, as a service manager has it. */
function runDaemon(env: Record<string, string> = {}): Started {
  const daemon = start(['daemon', 'run', '-w', folder.path], { env })
  foreground.push(daemon)
  return daemon
}

const settings = (daemon: string, more = '') =>
  writeFileSync(
    join(folder.path, 'zafra.yaml'),
    `
execution: { max_parallel: 2, per_site: 2, max_cpu: 100, max_memory: 100, min_free_disk: 0, grace: 1 }
daemon: ${daemon}
${more}`,
  )
const go = () => writeFileSync(join(folder.path, 'go'), '')
const counts = async () => ((await answer('status'))['batch'] as { counts: Record<string, number> }).counts
const SOON = { timeout: 20_000, interval: 50 }
const counted = (status: string) => async () => (await counts())[status]

/** One of the six is done, and two run that wait. */
async function twoWait(): Promise<void> {
  await expect.poll(counted('completed'), SOON).toBe(1)
  await expect.poll(counted('running'), SOON).toBe(2)
}

test(
  'start, status, run --detach and stop: one daemon, that leaves nothing behind',
  { timeout: 90_000 },
  async () => {
    expect(await command('daemon', 'status')).toMatchObject({ status: 3, stdout: '' })
    const started = await answer('daemon', 'start')
    expect(started).toEqual({ pid: expect.any(Number) as number, started: true })
    expect(await answer('daemon', 'start')).toEqual({ pid: started['pid'], started: false })

    const second = await runDaemon().ended
    expect([second.status, second.stderr]).toEqual([1, expect.stringContaining('has the workspace already')])

    const run = await answer('run', '--detach')
    expect(run).toEqual({
      batch_id: expect.any(String) as string,
      tasks: 6,
      rejected: 0,
      absent_sites: [],
      pid: started['pid'],
    })
    expect(await answer('daemon', 'status')).toMatchObject({
      pid: started['pid'],
      state: 'running',
      batch_id: run['batch_id'],
      batch_status: 'running',
      clients: 0,
    })
    go()
    await expect.poll(counted('completed'), SOON).toBe(6)
    writeFileSync(join(folder.path, 'zafra.yaml'), 'no such setting: 1')
    expect(await answer('daemon', 'status')).toMatchObject({ pid: started['pid'], state: 'idle' })
    expect(await answer('daemon', 'stop')).toEqual({ pid: started['pid'] })
    expect(await command('daemon', 'status')).toMatchObject({ status: 3 })
    expect(processesOf(folder.path)).toEqual([])
    const lines = readFileSync(join(folder.path, 'logs/daemon.log'), 'utf8').trimEnd().split('\n')
    const messages = lines.map((line) => (JSON.parse(line) as { msg: string }).msg)
    expect(messages.filter((message) => message === 'task completed')).toHaveLength(6)
    expect(messages.at(-1)).toBe('ended')
  },
)

test(
  'what runs beyond the deadline of a drain is stopped, and the next daemon goes on with the batch',
  { timeout: 90_000 },
  async () => {
    settings('{ drain_timeout: 1 }')
    await command('run', '--detach')
    await twoWait()
    const { status } = await command('daemon', 'stop')
    expect(status).toBe(0)
    expect(processesOf(folder.path)).toEqual([])
    const outcomes = select(folder.path, "SELECT task_id FROM task_attempts WHERE outcome = 'interrupted'")
    expect(outcomes).toHaveLength(2)
    expect(readFileSync(join(folder.path, 'logs/daemon.log'), 'utf8')).toContain('what still runs after 1 s')

    go()
    await command('daemon', 'start')
    await expect.poll(counted('completed'), SOON).toBe(6)
  },
)

test('SIGTERM once waits, twice does not; both end with 0', { timeout: 90_000 }, async () => {
  const daemon = runDaemon()
  await daemon.says(/"msg":"ready"/)
  await command('run', '--detach')
  await twoWait()
  daemon.process.kill('SIGTERM')
  await daemon.says(/lets what runs end/)
  daemon.process.kill('SIGTERM')
  const { status, stdout } = await daemon.ended
  expect(status).toBe(0)
  expect(stdout).toContain('told once more')
  expect(processesOf(folder.path)).toEqual([])
})

test('SIGHUP takes over what can change at once, and says what cannot', { timeout: 90_000 }, async () => {
  settings('{}', 'sites: { CyT: { per_site: 1 } }\n')
  const daemon = runDaemon()
  await daemon.says(/"msg":"ready"/)
  await command('run', '--detach')
  await expect.poll(counted('running'), SOON).toBe(1)

  writeFileSync(join(folder.path, 'zafra.yaml'), 'execution: { max_paralel: 2 }\n')
  daemon.process.kill('SIGHUP')
  await daemon.says(/stays as it was.*max_parallel/)
  settings('{}', 'sites: { CyT: { per_site: 2 } }\npaths: { logs: elsewhere }\n')
  daemon.process.kill('SIGHUP')
  await daemon.says(/in force: sites\.CyT\.per_site; only after a restart: paths\.logs/)
  daemon.process.kill('SIGUSR2')
  await expect.poll(counted('running'), SOON).toBe(2)
})

test('after a SIGKILL the next one goes on by itself and repeats nothing', { timeout: 90_000 }, async () => {
  const killed = runDaemon()
  await killed.says(/"msg":"ready"/)
  await command('run', '--detach')
  await twoWait()
  killed.process.kill('SIGKILL')
  await killed.ended
  go()
  const next = runDaemon()
  await next.says(/goes on with batch/)
  await expect.poll(counted('completed'), SOON).toBe(6)
  const starts = readFileSync(join(folder.path, 'started'), 'utf8').trim().split('\n')
  expect(starts.toSorted()).toEqual(['1', '2', '2', '3', '3', '4', '5', '6'])
})

test('tells systemd how it is', { timeout: 60_000 }, async ({ skip }) => {
  skip(spawnSync('systemd-notify', ['--version']).status !== 0, 'no systemd here')
  const heard = join(folder.path, 'heard')
  const receiver = spawn('python3', ['-c', RECEIVER, join(folder.path, 'notify'), heard])
  try {
    await expect.poll(() => existsSync(heard), { timeout: 10_000 }).toBe(true)
    const daemon = runDaemon({ NOTIFY_SOCKET: join(folder.path, 'notify'), WATCHDOG_USEC: '400000' })
    await daemon.says(/"msg":"ready"/)
    daemon.process.kill('SIGHUP')
    await daemon.says(/nothing changed/)
    const told = () => readFileSync(heard, 'utf8').split('\n')
    await expect
      .poll(() => told().filter((line) => line === 'WATCHDOG=1').length, { timeout: 20_000 })
      .toBeGreaterThan(1)
    daemon.process.kill('SIGTERM')
    await daemon.ended
    const order = told().filter((line) => /^(READY|RELOADING|STOPPING)=1$/.test(line))
    expect(order).toEqual(['READY=1', 'RELOADING=1', 'READY=1', 'STOPPING=1'])
    expect(told().find((line) => line.startsWith('MONOTONIC_USEC='))).toMatch(/=\d{6,}$/)
  } finally {
    receiver.kill()
  }
})

test('one that does not come up says why', { timeout: 60_000 }, async () => {
  writeFileSync(join(folder.path, 'orchestrator.db'), 'no database')
  const { status, stderr } = await command('daemon', 'start')
  expect(status).toBe(3)
  expect(stderr).toMatch(
    /did not come up: it ended with status 5; .*daemon\.log ends with:\n.*orchestrator\.db/,
  )
})
