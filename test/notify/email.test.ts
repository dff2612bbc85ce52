import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { expect, onTestFinished, test } from 'vitest'
import type { ChannelConfig } from '../../src/domain/config.ts'
import { ALERT, delivery, ended, messengerOf, ON } from './support.ts'

const PASSWORD = 'pa55word-of-tests'

const email: ChannelConfig = {
  type: 'email',
  smtp_env: 'SMTP',
  from: 'Zafra <zafra@example.org>',
  to: ['ana@example.org', 'beto@example.org'],
  on: ON,
}

async function smtpSink(options: SMTPServerOptions = {}) {
  const received: { to: string[]; raw: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ password }, _, done) =>
      password === PASSWORD
        ? done(null, { user: 'zafra' })
        : done(new Error(`no such password: ${password}`)),
    onData(stream, session, done) {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        received.push({ to, raw: Buffer.concat(pieces).toString() })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  onTestFinished(() => server.close())
  const at = `127.0.0.1:${(listener.address() as AddressInfo).port}`
  return { received, url: (password = PASSWORD) => `smtp://zafra:${password}@${at}` }
}

test('a digest goes to everybody as plain text in Spanish, with an id of its own', async () => {
  const sink = await smtpSink()
  const { messenger } = messengerOf(email, { SMTP: sink.url() })
  expect(await messenger.send(delivery(ended()))).toEqual({ sent: true })
  const [{ to, raw }] = sink.received as [(typeof sink.received)[number]]
  expect(to).toEqual(['ana@example.org', 'beto@example.org'])
  expect(raw).toContain(`Message-ID: <${delivery().id}@zafra.invalid>`)
  expect(raw).toContain('Subject: Zafra: batch Nov26_01 completed: 7 of 10 tasks, 3 failed')
  expect(raw).toMatch(/Content-Type: text\/plain; charset=utf-8/)
  const encoded = raw.slice(raw.indexOf('\r\n\r\n') + 4)
  expect(decodedBody(raw, encoded)).toContain('No se encontró “precio” en Tlajomulco de Zúñiga')
})

function decodedBody(raw: string, encoded: string): string {
  if (/base64/i.test(raw)) return Buffer.from(encoded, 'base64').toString()
  const bytes = encoded
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}

test('no message adds a header', async () => {
  const sink = await smtpSink()
  const { messenger } = messengerOf(email, { SMTP: sink.url() })
  const message = 'disk\r\nBcc: eve@example.org\r\n\r\nowned'
  await messenger.send(delivery({ ...ALERT, message } as typeof ALERT))
  expect(sink.received[0]?.to).not.toContain('eve@example.org')
  expect(sink.received[0]?.raw).not.toMatch(/^Bcc:/m)
})

test('a wrong password is told, and not which', async () => {
  const sink = await smtpSink()
  const { messenger } = messengerOf(email, { SMTP: sink.url('wr0ng-password') })
  const sent = await messenger.send(delivery())
  expect(sent).toMatchObject({
    sent: false,
    final: false,
    reason: expect.stringContaining('no such password'),
  })
  expect(JSON.stringify(sent)).not.toContain('wr0ng')
})

test('a server that does not want the message will not want it later either', async () => {
  const sink = await smtpSink({
    onData(stream, _, done) {
      stream.resume().on('end', () => done(Object.assign(new Error('spam'), { responseCode: 554 })))
    },
  })
  const { messenger } = messengerOf(email, { SMTP: sink.url() })
  expect(await messenger.send(delivery())).toMatchObject({ sent: false, final: true })
})

test('a server that says nothing is left after its time', async () => {
  const connected = Promise.withResolvers<void>()
  const sink = await smtpSink({ onConnect: () => connected.resolve() })
  const { messenger, clock } = messengerOf(email, { SMTP: sink.url() })
  const sending = messenger.send(delivery())
  await connected.promise
  clock.advance(15_000)
  expect(await sending).toMatchObject({ sent: false, reason: 'no answer in 15 s', final: false })
})
