import { describe, expect, test } from 'vitest'
import { load } from './workspace.ts'

const channels = (yaml: string) => `notify:\n  channels:\n    ops: ${yaml}\n`

describe('channels', () => {
  test.each([
    [
      '{ type: webhook, url: https://a.mx/x, secret_env: S }',
      {
        type: 'webhook',
        url: 'https://a.mx/x',
        url_env: null,
        secret_env: 'S',
        on: ['batch_ended', 'alert'],
      },
    ],
    [
      '{ type: webhook, url_env: U, on: [task_failed] }',
      { type: 'webhook', url: null, url_env: 'U', secret_env: null, on: ['task_failed'] },
    ],
    ['{ type: slack, url_env: U }', { type: 'slack', url_env: 'U', on: ['batch_ended', 'alert'] }],
    [
      '{ type: email, smtp_env: S, from: a@b.mx, to: [c@d.mx] }',
      { type: 'email', smtp_env: 'S', from: 'a@b.mx', to: ['c@d.mx'], on: ['batch_ended', 'alert'] },
    ],
    [
      '{ type: exec, command: [./a, b], timeout: 1m }',
      { type: 'exec', command: ['./a', 'b'], pass_env: [], timeout: 60, on: ['batch_ended', 'alert'] },
    ],
    ['{ type: ping, url_env: U }', { type: 'ping', url_env: 'U', on: ['batch_started', 'batch_ended'] }],
  ])('%s', async (yaml, expected) => {
    const { config, notices } = await load(channels(yaml))
    expect(config.notify.channels['ops']).toEqual(expected)
    expect(notices).toEqual([])
  })
})

describe('faults', () => {
  test.each([
    [
      '{ type: pigeon }',
      'notify.channels.ops.type: expected webhook, slack, email, exec or ping, found "pigeon"',
    ],
    [
      '{ url_env: U }',
      'notify.channels.ops.type: expected webhook, slack, email, exec or ping, found nothing',
    ],
    ['{ type: webhook }', 'notify.channels.ops.url: expected either this or url_env, found nothing'],
    [
      '{ type: webhook, url: https://a.mx, url_env: U }',
      'ops.url: expected either this or url_env, found something else',
    ],
    [
      '{ type: webhook, url: "https://me:pw@a.mx" }',
      'ops.url: expected an http or https URL without a password',
    ],
    ['{ type: webhook, url: "ftp://a.mx" }', 'ops.url: expected an http or https URL'],
    [
      '{ type: slack, url: https://hooks.slack.com/x }',
      'notify.channels.ops.url is not a setting; known here: type, url_env, on',
    ],
    ['{ type: slack, url_env: https://hooks.slack.com/x }', 'expected the name of an environment variable'],
    ['{ type: email, smtp_env: S, from: a@b.mx, to: [] }', 'ops.to: expected at least one address'],
    ['{ type: exec, command: [] }', 'ops.command: expected a program and its arguments'],
    ['{ type: ping, url_env: U, on: [alert] }', 'notify.channels.ops.on is not a setting'],
    ['{ type: slack, url_env: U, on: [everything] }', 'ops.on.0: expected batch_started or batch_ended or'],
    ['{ type: slack, url_env: U, on: [] }', 'ops.on: expected some of batch_started, batch_ended'],
    ['{ type: slack, url_env: U, digest: true }', 'notify.channels.ops.digest is not a setting'],
  ])('%s', async (yaml, message) => {
    await expect(load(channels(yaml))).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining(message),
    })
  })

  test.each([
    '{ type: slack, url_env: https://hooks.slack.com/s3cret }',
    '{ type: webhook, url: "https://me:s3cret@a.mx" }',
    '{ type: webhook, url: "https://a.mx", url_env: U, secret: s3cret }',
    '{ type: webhook, url: "https://a.mx", secret_env: s3cret! }',
    '{ type: email, smtp_env: smtp://me:s3cret@a.mx }',
  ])('do not repeat what may be a secret: %s', async (yaml) => {
    const told = await load(channels(yaml)).then(String, String)
    expect(told).toContain('notify.channels.ops')
    expect(told).not.toContain('s3cret')
  })
})
