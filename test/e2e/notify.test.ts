import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeWorkspace } from '../cli/workspace.ts'
import { httpSink } from '../notify/support.ts'
import { start, temporaryFolder, zafra } from '../support/program.ts'

const CHANNELS = `
notify:
  channels:
    ops: { type: webhook, url_env: OPS, on: [batch_ended, task_failed] }
    alive: { type: ping, url_env: ALIVE }
`

test('a run tells of its end before it goes; one that is killed meanwhile, the next run does', async () => {
  const folder = temporaryFolder()
  onTestFinished(() => folder[Symbol.dispose]())
  makeWorkspace(folder.path, { cities: ['Zapopan', 'Tonala'] })
  appendFileSync(join(folder.path, 'zafra.yaml'), CHANNELS)
  const [ops, alive] = [await httpSink(), await httpSink()]
  ops.answers.push({ status: 200 }, 'nothing')
  const options = { cwd: folder.path, env: { OPS: ops.url, ALIVE: `${alive.url}/uuid` } }

  const killed = start(['run'], options)
  await ops.until(2)
  await alive.until(2)
  killed.process.kill('SIGKILL')
  await killed.ended
  expect(alive.received.map(({ path }) => path)).toEqual(['/uuid/start', '/uuid'])

  expect(await zafra(['run'], options)).toMatchObject({ status: 1 })
  const told = ops.received.map(({ body }) => JSON.parse(body) as { event: string; delivery: string })
  expect(told.map(({ event }) => event)).toEqual([
    'task_failed',
    'batch_ended',
    'batch_ended',
    'task_failed',
    'batch_ended',
  ])
  expect(told[2]?.delivery).toBe(told[1]?.delivery)
  expect(told[1]?.delivery).not.toBe(told[4]?.delivery)
})
