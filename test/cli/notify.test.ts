import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Notice } from '../../src/domain/notice.ts'
import { openStore } from '../../src/store/index.ts'
import { systemClock } from '../../src/cli/system-clock.ts'
import { httpSink } from '../notify/support.ts'
import { temporaryFolder } from '../support/program.ts'
import { inProcess } from './in-process.ts'
import { writeTree } from '../support/program.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

function workspace(yaml: string): string {
  writeTree(folder.path, { 'zafra.yaml': yaml })
  return folder.path
}

const TWO = `
notify:
  channels:
    ops: { type: webhook, url_env: OPS, on: [task_failed] }
    team: { type: slack, url_env: TEAM }
`

test('notify test sends through every channel, and says which failed', async () => {
  const [ops, team] = [await httpSink(), await httpSink()]
  team.answers.push({ status: 403, body: 'invalid_token' })
  const env = { OPS: `${ops.url}/s3cret`, TEAM: `${team.url}/s3cret` }
  const { status, stdout, stderr } = await inProcess(['notify', 'test'], { cwd: workspace(TWO), env })
  expect(stderr).toBe('')
  expect(stdout).toBe(
    [
      'channel\ttype\tstate\treason',
      'ops\twebhook\tsent\t',
      'team\tslack\tfailed\tthe answer was 403: invalid_token',
      '',
    ].join('\n'),
  )
  expect(status).toBe(1)
  expect(JSON.parse(ops.received[0]?.body ?? '')).toMatchObject({ event: 'test' })
})

test('one channel alone, as JSON', async () => {
  const ops = await httpSink()
  const { status, stdout } = await inProcess(['notify', 'test', 'ops', '--json'], {
    cwd: workspace(TWO),
    env: { OPS: ops.url },
  })
  expect(JSON.parse(stdout)).toEqual({ channels: [{ channel: 'ops', type: 'webhook', reason: null }] })
  expect(status).toBe(0)
})

test.each([
  [['notify', 'test', 'nobody'], TWO, 'there is no channel nobody in zafra.yaml; there is ops, team'],
  [['notify', 'test'], '', 'no channel is set up: write one under notify.channels'],
])('%s', async (args, yaml, message) => {
  const { status, stderr } = await inProcess(args, { cwd: workspace(yaml) })
  expect(stderr).toContain(message)
  expect(status).toBe(1)
})

test('doctor names the variables that are not set', async () => {
  const { stdout } = await inProcess(['doctor', '--json'], { cwd: workspace(TWO), env: { OPS: 'x' } })
  const { checks } = JSON.parse(stdout) as { checks: { check: string; fault: { message: string } | null }[] }
  expect(checks.filter(({ check }) => check === 'channels')).toEqual([
    {
      check: 'channels',
      fault: {
        message: 'channel team needs TEAM, which is not set in this environment',
        remedy: 'set TEAM, then: zafra notify test team',
      },
    },
  ])
})

test('notify list shows what was told, what waits and what was given up', async () => {
  const at = '2026-11-24 10:00:00'
  const created_at = `${at}.000`
  const notice: Notice = { at, event: 'alert', code: 'disk', message: 'no space' }
  const store = await openStore({
    path: join(workspace(TWO), 'orchestrator.db'),
    backup_dir: join(folder.path, 'backups'),
    snapshot_interval: 1,
    fsync: 'never',
    clock: systemClock,
  })
  await store.commit([
    { type: 'notice_queued', delivery: { id: 'a', channel: 'ops', notice, created_at } },
    { type: 'notice_queued', delivery: { id: 'b', channel: 'team', notice, created_at } },
    {
      type: 'notice_settled',
      id: 'a',
      set: { state: 'given_up', ended_at: created_at, reason: 'gone\u001b[2J' },
    },
  ])
  await store.close()
  const { stdout } = await inProcess(['notify', 'list'], { cwd: folder.path })
  expect(stdout).toBe(
    [
      'created_at\tchannel\tstate\ttries\tnext_try_at\tended_at\tnotice\treason',
      `${created_at}\tteam\tqueued\t0\t\t\tZafra: no space\t`,
      `${created_at}\tops\tgiven_up\t0\t\t${created_at}\tZafra: no space\tgone`,
      '',
    ].join('\n'),
  )
  const json = await inProcess(['notify', 'list', '--state', 'queued', '--json'], { cwd: folder.path })
  expect(JSON.parse(json.stdout)).toMatchObject({ notices: [{ id: 'b', state: 'queued', notice }] })
})
