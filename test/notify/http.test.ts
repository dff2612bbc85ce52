import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ChannelConfig } from '../../src/domain/config.ts'
import { ALERT, delivery, ended, httpSink, messengerOf, ON } from './support.ts'

const SECRET = 'a-secret-of-the-tests'

const webhook = (url: string): ChannelConfig => ({
  type: 'webhook',
  url,
  url_env: null,
  secret_env: 'OPS_SECRET',
  on: ON,
})
const slack: ChannelConfig = { type: 'slack', url_env: 'SLACK', on: ON }
const ping: ChannelConfig = { type: 'ping', url_env: 'PING', on: ['batch_started', 'batch_ended'] }

test('a webhook carries the notice, signed over timestamp and body', async () => {
  const sink = await httpSink()
  const { messenger, clock } = messengerOf(webhook(`${sink.url}/zafra`), { OPS_SECRET: SECRET })
  clock.advance(1500)
  expect(await messenger.send(delivery(ended()))).toEqual({ sent: true })
  const [{ path, headers, body }] = sink.received as [(typeof sink.received)[number]]
  expect(path).toBe('/zafra')
  expect(headers).toMatchObject({
    'x-zafra-event': 'batch_ended',
    'x-zafra-delivery': delivery().id,
    'x-zafra-timestamp': String(Date.parse('2026-11-24T05:00:01Z') / 1000),
    'content-type': 'application/json; charset=utf-8',
  })
  const signed = `${String(headers['x-zafra-timestamp'])}.${body}`
  expect(headers['x-zafra-signature']).toBe(createHmac('sha256', SECRET).update(signed, 'utf8').digest('hex'))
  expect(JSON.parse(body)).toMatchObject({
    delivery: delivery().id,
    workspace: 'harvest',
    event: 'batch_ended',
    title: 'Zafra: batch Nov26_01 completed: 7 of 10 tasks, 3 failed',
    digest: { batch_id: 'Nov26_01', counts: { completed: 7 } },
  })
})

test('without a secret nothing is signed', async () => {
  const sink = await httpSink()
  const { messenger } = messengerOf({ ...webhook(sink.url), secret_env: null } as ChannelConfig)
  await messenger.send(delivery())
  expect(sink.received[0]?.headers).not.toHaveProperty('x-zafra-signature')
})

test('a repetition has the same delivery id and a timestamp of its own', async () => {
  const sink = await httpSink()
  sink.answers.push({ status: 503 })
  const { messenger, clock } = messengerOf(webhook(sink.url), { OPS_SECRET: SECRET })
  await messenger.send(delivery())
  clock.advance(60_000)
  await messenger.send(delivery())
  const [first, second] = sink.received.map(({ headers }) => headers)
  expect(second?.['x-zafra-delivery']).toBe(first?.['x-zafra-delivery'])
  expect(Number(second?.['x-zafra-timestamp']) - Number(first?.['x-zafra-timestamp'])).toBe(60)
  expect(second?.['x-zafra-signature']).not.toBe(first?.['x-zafra-signature'])
})

test.each([
  [{ status: 500, body: 'no\u001b[31m way' }, 'the answer was 500: no way', false, null],
  [{ status: 404 }, 'the answer was 404', false, null],
  [{ status: 429, headers: { 'retry-after': '120' } }, 'the answer was 429', false, 120],
  [{ status: 400, body: 'invalid_blocks' }, 'the answer was 400: invalid_blocks', true, null],
  [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'the answer was 302', false, null],
])('an answer of %o', async (answer, reason, final, wait_s) => {
  const sink = await httpSink()
  sink.answers.push(answer)
  const { messenger } = messengerOf(webhook(sink.url), { OPS_SECRET: SECRET })
  expect(await messenger.send(delivery())).toEqual({ sent: false, reason, final, wait_s })
  expect(sink.received).toHaveLength(1)
})

test('nobody there', async () => {
  const { messenger } = messengerOf(webhook('http://127.0.0.1:1'), { OPS_SECRET: SECRET })
  expect(await messenger.send(delivery())).toMatchObject({
    sent: false,
    reason: expect.stringMatching(/ECONNREFUSED|bad port/),
    final: false,
  })
})

test('one that takes the request and never answers is left after its time', async () => {
  const sink = await httpSink()
  sink.answers.push('nothing')
  const { messenger, clock } = messengerOf(webhook(sink.url), { OPS_SECRET: SECRET })
  const sending = messenger.send(delivery())
  await sink.until(1)
  clock.advance(15_000)
  expect(await sending).toMatchObject({ sent: false, reason: 'no answer in 15 s', final: false })
})

test('a variable that is not set is said by name', async () => {
  const { messenger } = messengerOf(webhook('http://127.0.0.1:1'))
  expect(await messenger.send(delivery())).toMatchObject({ reason: 'the environment lacks OPS_SECRET' })
})

test('a receiver that repeats the secrets does not make us repeat them', async () => {
  const sink = await httpSink()
  const path = '/services/T0123/B4567/AbCdEf'
  sink.answers.push({ status: 500, body: `no ${path} here, AbCdEf` })
  const { messenger } = messengerOf(slack, { SLACK: `${sink.url}${path}` })
  expect(await messenger.send(delivery())).toMatchObject({
    reason: 'the answer was 500: no ****** here, ******',
  })
})

test('Slack is given text and blocks, and no word of a page calls anybody', async () => {
  const sink = await httpSink()
  const { messenger } = messengerOf(slack, { SLACK: sink.url })
  const message = '<!channel> & <https://evil.example|click> \u202egol'
  await messenger.send(delivery({ ...ALERT, message } as typeof ALERT))
  const body = JSON.parse(sink.received[0]?.body ?? '') as { text: string; blocks: object[] }
  expect(body.text).toBe('Zafra: &lt;!channel&gt; &amp; &lt;https://evil.example|click&gt; gol')
  expect(body.blocks).toEqual([
    {
      type: 'header',
      text: { type: 'plain_text', text: 'Zafra: <!channel> & <https://evil.example|click> gol' },
    },
  ])
})

test('what Slack would refuse for its length is cut', async () => {
  const sink = await httpSink()
  const { messenger } = messengerOf(slack, { SLACK: sink.url })
  const findings = Array.from({ length: 20 }, () => 'ñ'.repeat(200))
  await messenger.send(delivery(ended({ findings, diff: findings })))
  const { blocks } = JSON.parse(sink.received[0]?.body ?? '') as { blocks: { text: { text: string } }[] }
  expect(blocks[1]?.text.text.length).toBe(3000)
})

test.each([
  [
    { at: '', event: 'batch_started', batch_id: 'Nov26_01', tasks: 10, rejected: 0 } as const,
    '/p/uuid/start',
    'Zafra: batch Nov26_01 started, 10 tasks',
  ],
  [ended(), '/p/uuid', 'Checks of the data:'],
  [ended({ status: 'failed' }), '/p/uuid/fail', 'batch Nov26_01 failed'],
  [ended({ status: 'cancelled' }), '/p/uuid/fail', 'batch Nov26_01 cancelled'],
])('a ping for %o', async (notice, path, words) => {
  const sink = await httpSink()
  const { messenger } = messengerOf(ping, { PING: `${sink.url}/p/uuid/` })
  expect(await messenger.send(delivery(notice))).toEqual({ sent: true })
  expect(sink.received[0]).toMatchObject({ path, headers: { 'user-agent': 'zafra' } })
  expect(sink.received[0]?.body).toContain(words)
})
