import { spawnSync } from 'node:child_process'
import { constants, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { start, temporaryFolder } from '../support/program.ts'
import { processesOf } from '../support/processes.ts'
import { inProcess } from './in-process.ts'
import { makeWorkspace, RUNNING } from './workspace.ts'

const CITIES = ['Guadalajara', 'Zapopan']

async function counts(folder: string) {
  const { stdout } = await inProcess(['status', '--json', '-w', folder])
  return JSON.parse(stdout) as { engine: { state: string }; batch: { counts: Record<string, number> } }
}

test('Ctrl-C once lets what runs end and starts nothing more; resume does the rest', async () => {
  using folder = temporaryFolder()
  makeWorkspace(folder.path, { cities: CITIES, waits: true })
  const run = start(['run', '-v'], { cwd: folder.path })
  await run.says(RUNNING)
  run.process.kill('SIGINT')
  await run.says(/Draining: 1 task may end, nothing new starts\./)
  writeFileSync(join(folder.path, 'go'), '')
  const ended = await run.ended
  expect(ended.status).toBe(130)
  expect(ended.stderr).toMatch(/is drained, not finished; zafra resume goes on with it/)
  expect(await counts(folder.path)).toMatchObject({
    engine: { state: 'interrupted' },
    batch: { counts: { completed: 1, pending: 1 } },
  })
  expect(await inProcess(['resume', '-w', folder.path])).toMatchObject({ status: 0 })
})

test.each([
  { what: 'Ctrl-C twice', first: ['SIGINT'], last: 'SIGINT' },
  { what: 'a request to end', first: [], last: 'SIGTERM' },
] as const)('$what stops what runs, which uses up no attempt', async ({ first, last }) => {
  using folder = temporaryFolder()
  makeWorkspace(folder.path, { cities: CITIES, waits: true })
  const run = start(['run', '-v'], { cwd: folder.path })
  await run.says(RUNNING)
  for (const signal of first) {
    run.process.kill(signal)
    await run.says(/Draining/)
  }
  run.process.kill(last)
  const ended = await run.ended
  expect(ended.status).toBe(130)
  expect(ended.stderr).toMatch(/was stopped; zafra resume goes on with it/)
  const { stdout } = await inProcess(['task', '1', '--json', '-w', folder.path])
  expect(JSON.parse(stdout)).toMatchObject({
    task: { status: 'pending', attempts: 0 },
    attempts: [{ outcome: 'interrupted' }],
  })
})

test('Ctrl-Z does not hold up the work', async () => {
  using folder = temporaryFolder()
  makeWorkspace(folder.path, { cities: CITIES, waits: true })
  const run = start(['run', '-v'], { cwd: folder.path })
  await run.says(RUNNING)
  run.process.kill('SIGTSTP')
  await run.says(/The batch goes on: Ctrl-Z would hold it up/)
  writeFileSync(join(folder.path, 'go'), '')
  expect(await run.ended).toMatchObject({ status: 0 })
})

test('a closed pipe does not stop the work', async () => {
  using folder = temporaryFolder()
  makeWorkspace(folder.path, { cities: CITIES, waits: true })
  const run = start(['run', '-v'], { cwd: folder.path })
  await run.says(RUNNING)
  run.process.stdout?.destroy()
  writeFileSync(join(folder.path, 'go'), '')
  expect(await run.ended).toMatchObject({ status: 0, stderr: '' })
  expect(await counts(folder.path)).toMatchObject({ batch: { counts: { completed: 2 } } })
  expect(readFileSync(join(folder.path, 'logs', 'engine.log'), 'utf8')).toContain('2 completed; 4 rows')
})

test('after a SIGKILL a look puts right what was left behind', async () => {
  using folder = temporaryFolder()
  makeWorkspace(folder.path, { cities: CITIES, waits: true })
  const run = start(['run', '-v'], { cwd: folder.path })
  await run.says(RUNNING)
  run.process.kill('SIGKILL')
  await run.ended
  expect(existsSync(join(folder.path, 'go'))).toBe(false)
  expect(await counts(folder.path)).toMatchObject({
    engine: { state: 'interrupted' },
    batch: { counts: { pending: 2, running: 0 } },
  })
})

test('a request to end while the lists are still read ends in order', async () => {
  using folder = temporaryFolder()
  makeWorkspace(folder.path, { cities: CITIES })
  const codes = join(folder.path, 'codes.csv')
  spawnSync('mkfifo', [codes])
  const run = start(['run'], { cwd: folder.path })
  const writer = await openedForReading(codes)
  run.process.kill('SIGTERM')
  await writer.writeFile('Ciudad,Name\n')
  await writer.close()
  expect(await run.ended).toMatchObject({ status: 130, signal: null })
  expect(processesOf(folder.path)).toEqual([])
})

/** A pipe can be opened like this only once somebody reads it. */
async function openedForReading(pipe: string): Promise<FileHandle> {
  for (;;) {
    const file = await open(pipe, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => undefined)
    if (file) return file
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
