import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { plainHttp, type ExchangeOptions } from '../../scrapers/kit/exchange.ts'
import { HOST, serve } from './site.ts'

const OPTIONS: ExchangeOptions = {
  origin: undefined,
  allowPrivate: false,
  userAgent: 'Prueba/1',
  timeoutMs: 10_000,
  allows: async () => true,
}

/** A server that answers as a site and as a proxy does, and a fetch that takes it for its proxy. */
async function place(noProxy = '') {
  const { asked, hostMap } = await serve(({ path }, response) => void response.end(path))
  const { origin } = hostMap.get(HOST)!
  const fetch = plainHttp({ HTTP_PROXY: origin, NO_PROXY: noProxy })
  const get = async (url: string, options: Partial<ExchangeOptions> = {}) =>
    String((await fetch(new URL(url), { ...OPTIONS, ...options })).body)
  return { asked, origin, get }
}

test('HTTP_PROXY is asked for the whole address, under the name of its host', async () => {
  const { asked, get } = await place()
  expect(await get(`http://${HOST}/casas?page=2`)).toBe(`http://${HOST}/casas?page=2`)
  expect(asked.map(({ host }) => host)).toEqual([HOST])
})

test('NO_PROXY and what the operator reaches elsewhere go by no proxy', async () => {
  const { origin, get } = await place('127.0.0.1')
  expect(await get(`${origin}/casas`, { allowPrivate: true })).toBe('/casas')
  const { get: proxied } = await place()
  expect(await proxied(`http://${HOST}/casas`, { origin: new URL(origin) })).toBe('/casas')
})

test.for(['http://localhost:9/', 'http://127.0.0.1:9/', 'http://[::1]:9/'])(
  'no proxy is asked for the private %s',
  async (url) => {
    const { asked, get } = await place()
    await expect(get(url)).rejects.toMatchObject({
      class: 'config',
      message: expect.stringContaining('private address'),
    })
    expect(asked).toEqual([])
  },
)

test('HTTPS_PROXY is asked for a tunnel, and what it refuses may pass', async () => {
  const proxy = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void proxy.close())
  const asked: (string | undefined)[] = []
  proxy.on('connect', ({ url }: IncomingMessage, socket: Socket) => {
    asked.push(url)
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  await once(proxy, 'listening')
  const fetch = plainHttp({ HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` })
  await expect(fetch(new URL(`https://${HOST}/`), OPTIONS)).rejects.toMatchObject({
    class: 'transient',
    message: expect.stringContaining('ERR_PROXY_TUNNEL'),
  })
  expect(asked).toEqual([`${HOST}:443`])
})
