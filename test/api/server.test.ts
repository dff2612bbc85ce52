import { request } from 'node:http'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ZafraError, type ErrorCode } from '../../src/domain/error.ts'
import { HTTP_STATUS } from '../../src/api/status.ts'
import { openApi, TOKEN, type TestApi } from '../support/api.ts'
import { busyOverview } from '../support/overview.ts'
import { ScriptedEngine } from '../support/scripted-engine.ts'

let engine: ScriptedEngine
let api: TestApi
beforeEach(async () => {
  engine = new ScriptedEngine(busyOverview())
  api = await openApi(engine, { tcp: true })
})
afterEach(() => api.close())

interface Answer {
  status: number
  body: unknown
}

/** What curl would be answered on the socket. */
function ask(method: string, path: string, body?: string, headers = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ socketPath: api.socket, method, path, headers, agent: false }, (response) => {
      let text = ''
      response
        .setEncoding('utf8')
        .on('data', (piece: string) => (text += piece))
        .on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }))
    })
      .on('error', reject)
      .end(body)
  })
}

const refused = (status: number, code: string, message: unknown = expect.any(String)) => ({
  status,
  body: { error: { code, message } },
})

test('only the owner can open the socket, and look into its folder', () => {
  expect(statSync(api.socket).mode & 0o777).toBe(0o600)
  expect(statSync(dirname(api.socket)).mode & 0o777).toBe(0o700)
})

test('it says that it is there, and for a client elsewhere that closing stops nothing', async () => {
  expect(await ask('GET', '/healthz')).toEqual({
    status: 200,
    body: { status: 'ok', version: '1.2.3', pid: process.pid },
  })
  expect(engine.overview.engine.closing_stops_work).toBe(true)
  expect(await ask('GET', '/overview')).toMatchObject({ body: { engine: { closing_stops_work: false } } })
})

describe('what cannot be understood is refused, with the word that it is about', () => {
  test.each([
    ['GET', '/tasks?sit=Inm24', undefined, /Unrecognized key: "sit"/],
    ['GET', '/tasks?status=lost', undefined, /status\.0: Invalid option/],
    ['GET', '/tasks?limit=-1', undefined, /limit: /],
    ['GET', '/tasks?site=A&site=B', undefined, /site can be given only once/],
    ['GET', '/tasks?since=yesterday', undefined, /since: is no moment/],
    ['GET', '/tasks/twelve', undefined, /id: /],
    ['GET', '/stats/weather', undefined, /of: /],
    ['POST', '/tasks/retry', undefined, /expected object/],
    ['POST', '/tasks/retry', '{"ids":["1"]}', /ids\.0: .*expected number/],
    ['POST', '/tasks/retry', '{"everything":true}', /Unrecognized key/],
    ['POST', '/pause', '{"site":7}', /site: .*expected string/],
    ['POST', '/batches', '{', /the body is not JSON/],
    ['POST', '/drain?now=1', undefined, /Unrecognized key: "now"/],
  ])('%s %s %s', async (method, path, body, message) => {
    expect(await ask(method, path, body)).toEqual(refused(400, 'usage', expect.stringMatching(message)))
    expect(engine.commands).toEqual([])
  })
})

test('what is not there is not found, and the message says where to look', async () => {
  expect(await ask('GET', '/nowhere')).toEqual(
    refused(404, 'not_found', expect.stringContaining('/openapi.json')),
  )
  expect(await ask('DELETE', '/batches')).toEqual(refused(404, 'not_found'))
})

test('a body of more than a mebibyte is refused before it is read', async () => {
  const large = JSON.stringify({ match: 'x'.repeat(1024 * 1024) })
  expect(await ask('POST', '/tasks/retry', large)).toMatchObject({ status: 413 })
  expect(await ask('POST', '/tasks/retry', large, { 'transfer-encoding': 'chunked' })).toMatchObject({
    status: 413,
  })
  const fits = { ids: Array.from({ length: 100_000 }, (_, at) => at + 1) }
  const chunked = { 'transfer-encoding': 'chunked' }
  expect(await ask('POST', '/tasks/retry', JSON.stringify(fits))).toMatchObject({ status: 200 })
  expect(await ask('POST', '/tasks/cancel', JSON.stringify(fits), chunked)).toMatchObject({ status: 200 })
  expect(engine.commands).toEqual([
    { type: 'retry', filter: fits },
    { type: 'cancel', filter: fits },
  ])
})

test('every code of an error comes through, with its message', async () => {
  const client = await api.connect()
  for (const code of Object.keys(HTTP_STATUS) as ErrorCode[]) {
    engine.answer = new ZafraError(code, `it is ${code}`)
    await expect(client.execute({ type: 'drain' })).rejects.toMatchObject({
      name: 'ZafraError',
      code,
      message: `it is ${code}`,
    })
  }
  await client.close()
})

test('a closing engine takes nobody on, and ends the streams when it has ended', async () => {
  const client = await api.connect()
  let closed: Promise<void> | undefined
  const lost = new Promise<string>((resolve) => {
    client.subscribe((event) => {
      if (event.type === 'snapshot') closed = api.server.close()
      if (event.type === 'connection') resolve(event.message)
    })
  })
  expect(await lost).toBe('the engine ended the connection')
  await closed
  await expect(client.query({ type: 'overview' })).rejects.toMatchObject({ code: 'no_engine' })
  await client.close()
})

test('whoever follows the events is counted, as long as it does', async () => {
  const client = await api.connect()
  const heard = Promise.withResolvers<void>()
  expect(api.server.clients()).toBe(0)
  const unsubscribe = client.subscribe(() => heard.resolve())
  await heard.promise
  expect(api.server.clients()).toBe(1)
  unsubscribe()
  await expect.poll(() => api.server.clients()).toBe(0)
  await client.close()
})

test('a closing engine still answers those who are there', async () => {
  const client = await api.connect()
  api.server.refuse()
  expect(await client.query({ type: 'overview' })).toMatchObject({ batch: expect.anything() })
  expect(await ask('GET', '/healthz')).toEqual(refused(503, 'closing'))
  expect(await ask('GET', '/events')).toEqual(refused(503, 'closing'))
  await expect(api.connect()).rejects.toMatchObject({ code: 'closing' })
  await client.close()
})

test('over TCP nothing is answered without the token', async () => {
  const get = (headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${api.server.port}/healthz`, { headers })
  for (const wrong of [{}, { authorization: 'Bearer other' }, { authorization: TOKEN }]) {
    const answer = await get(wrong)
    expect({ status: answer.status, body: await answer.json() }).toEqual(refused(401, 'usage'))
  }
  expect((await get({ authorization: `Bearer ${TOKEN}` })).status).toBe(200)
})

test('the OpenAPI document describes every resource with its words', async () => {
  const { body } = await ask('GET', '/openapi.json')
  const { paths } = body as { paths: Record<string, Record<string, { parameters?: { name: string }[] }>> }
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(['/healthz', '/events', '/logs/{id}', '/batches/{id}/resume', '/stats/{of}']),
  )
  expect(paths['/tasks']?.['get']?.parameters?.map((each) => each.name)).toEqual(
    expect.arrayContaining(['status', 'site', 'match', 'sort', 'offset', 'limit']),
  )
  expect(paths['/tasks/retry']?.['post']).toMatchObject({
    requestBody: {
      content: {
        'application/json': { schema: { properties: { ids: { type: 'array' }, site: { type: 'string' } } } },
      },
    },
  })
})
