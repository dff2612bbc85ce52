import { once } from 'node:events'
import { request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { openProxy } from '../../scrapers/kit/browser-proxy.ts'
import { HOST, serve } from './site.ts'

/** A proxy before a site on loopback that is reached as `HOST`, and how to ask through it. */
async function place(allowPrivate = false) {
  const held = Promise.withResolvers<ServerResponse>()
  const site = await serve(({ host, path }, response) => {
    if (path === '/held') held.resolve(response)
    else if (path === '/odd') response.socket?.end('HTTP/1.1 099 Odd\r\n\r\n')
    else response.end(`${host}${path}`)
  })
  const { port } = site.hostMap.get(HOST)!
  const proxy = await openProxy({ hostMap: site.hostMap, allowPrivate })
  onTestFinished(() => proxy.close())
  const ask = (path: string) => request(proxy.origin, { path, headers: { host: new URL(path).host } }).end()
  const get = async (path: string) => {
    const [response] = (await once(ask(path), 'response')) as [IncomingMessage]
    return text(response)
  }
  const open = async (path: string) => {
    const asked = request(proxy.origin, { method: 'CONNECT', path }).end()
    const [, socket] = (await once(asked, 'connect')) as [IncomingMessage, Socket]
    return socket
  }
  const tunnel = async (path: string) => {
    const socket = await open(path)
    socket.end(`GET /inside HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`)
    return text(socket)
  }
  return { asked: site.asked, held: held.promise, port, proxy, ask, get, open, tunnel }
}

test('a host of the operator is reached where he says, openly and through a tunnel', async () => {
  const { get, tunnel } = await place()
  expect(await get(`http://${HOST}/list?page=2`)).toBe(`${HOST}/list?page=2`)
  // The map names a host by its address, so that of https, without a port.
  expect(await tunnel(`${HOST}:443`)).toContain(`${HOST}/inside`)
})

test.for(['127.0.0.1', '[::1]', 'localhost', '169.254.169.254', '2130706433'])(
  'what leads to the private %s is not reached, whoever asks',
  async (host) => {
    const { asked, port, get, tunnel } = await place()
    await expect(get(`http://${host}:${port}/`)).rejects.toThrow('socket hang up')
    await expect(tunnel(`${host}:${port}`)).rejects.toThrow('socket hang up')
    expect(asked).toEqual([])
  },
)

test('private addresses are reached where the operator lets them be', async () => {
  const { port, get } = await place(true)
  expect(await get(`http://localhost:${port}/`)).toBe(`localhost:${port}/`)
})

test('an answer that no server may give is none, and the next one is passed on', async () => {
  const { get } = await place()
  await expect(get(`http://${HOST}/odd`)).rejects.toThrow('socket hang up')
  expect(await get(`http://${HOST}/`)).toBe(`${HOST}/`)
})

test('nothing is asked of a portal any more when the browser waits no longer', async () => {
  const { ask, held } = await place()
  const asked = ask(`http://${HOST}/held`).on('error', () => {})
  const ended = once(await held, 'close')
  asked.destroy()
  await expect(ended).resolves.toEqual([])
})

test('when the proxy closes, tunnels end on both sides', async () => {
  const { open, held, proxy } = await place()
  const socket = await open(`${HOST}:443`)
  socket.write(`GET /held HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`)
  const ended = Promise.all([once(await held, 'close'), once(socket.resume(), 'close')])
  proxy.close()
  await expect(ended).resolves.toHaveLength(2)
})
