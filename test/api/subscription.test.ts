import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { frameOf, leftOutFrame } from '../../src/api/event-frames.ts'
import { frameSplitter, type Frame } from '../../src/api/event-reader.ts'
import { subscribe } from '../../src/api/subscription.ts'
import type { EngineEvent } from '../../src/domain/event.ts'
import { testClock, type TestClock } from '../support/clock.ts'
import { busyOverview } from '../support/overview.ts'
import { temporaryFolder } from '../support/program.ts'

let folder: ReturnType<typeof temporaryFolder>
let socket: string
let server: Server
let clock: TestClock
let stop = () => {}
let heard: EngineEvent[]
let streams: ServerResponse[]

beforeEach(async () => {
  folder = temporaryFolder()
  socket = join(folder.path, 'engine.sock')
  clock = testClock()
  heard = []
  streams = []
  await listen()
})
afterEach(async () => {
  stop()
  await close()
  folder[Symbol.dispose]()
})

/** A server whose streams say what the test says. */
async function listen() {
  server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    streams.push(response)
  }).listen(socket)
  await once(server, 'listening')
}

async function close() {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

/** Resolves when it holds; looks again and again while sockets do their work. */
async function until(holds: () => boolean, meanwhile = () => {}) {
  while (!holds()) {
    meanwhile()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const snapshot = (seq: number): EngineEvent => ({
  seq,
  type: 'snapshot',
  overview: { ...busyOverview(), seq },
})
const change = (seq: number): EngineEvent => ({ seq, type: 'engine' })
const said = () =>
  heard.map(({ type, seq, ...rest }) =>
    'connected' in rest ? `${seq} ${type} ${rest.connected}` : `${seq} ${type}`,
  )

async function begin() {
  stop = subscribe({ socket, clock, random: () => 0 }, (event) => heard.push(event))
  await until(() => streams.length === 1)
  streams[0]!.write(frameOf(snapshot(10)) + frameOf(change(11)))
  await until(() => heard.length === 2)
}

test('a connection that breaks is told of, tried again, and begins anew with a snapshot', async () => {
  await begin()
  streams[0]!.destroy()
  await until(() => heard.length === 3)
  await close()
  // Nobody listens: each try fails, and says when the next one is.
  for (let failed = 2; failed <= 4; failed++) {
    clock.advance(10_000)
    await until(() => heard.length === 2 + failed)
  }
  await listen()
  await until(
    () => streams.length === 2,
    () => clock.advance(100),
  )
  streams[1]!.write(frameOf(snapshot(3)) + frameOf(change(4)))
  await until(() => heard.length === 9)
  expect(said()).toEqual([
    '10 snapshot',
    '11 engine',
    ...Array.from({ length: 4 }, () => '11 connection false'),
    '11 connection true',
    '3 snapshot',
    '4 engine',
  ])
  expect(
    heard.flatMap((event) => (event.type === 'connection' ? [[event.tries, event.retry_s]] : [])),
  ).toEqual([
    [1, 0.125],
    [2, 0.25],
    [3, 0.5],
    [4, 1],
    [0, 0],
  ])
})

test('a missing number makes it ask for a snapshot again; what was left out on purpose does not', async () => {
  await begin()
  streams[0]!.write(leftOutFrame(14, 3) + frameOf(change(15)))
  await until(() => heard.length === 3)
  streams[0]!.write(frameOf(change(17)))
  await until(() => heard.length === 4)
  expect(said().slice(2)).toEqual(['15 engine', '15 connection false'])
  expect(heard.at(-1)).toMatchObject({ message: 'an event is missing' })
  await until(
    () => streams.length === 2,
    () => clock.advance(100),
  )
})

test('a link on which nothing is heard any more is given up, one that beats is not', async () => {
  await begin()
  for (let at = 0; at < 3; at++) {
    clock.advance(30_000)
    streams[0]!.write(`:\n\n${frameOf(change(12 + at))}`)
    await until(() => heard.length === 3 + at)
  }
  clock.advance(44_000)
  expect(heard).toHaveLength(5)
  clock.advance(2_000)
  expect(said().at(-1)).toBe('14 connection false')
})

test('once it has ended it neither tells nor tries anything more', async () => {
  await begin()
  stop()
  await until(() => streams[0]!.destroyed || streams[0]!.closed)
  clock.advance(60_000)
  expect(heard).toHaveLength(2)
  expect(streams).toHaveLength(1)
})

test('frames are the same however the stream is cut', () => {
  const text = fc.string({ unit: 'grapheme' }).map((data) => JSON.stringify(data))
  const frame = fc.record({ id: fc.nat(), event: fc.constantFrom('task', 'engine'), data: text })
  fc.assert(
    fc.property(fc.array(frame), fc.array(fc.nat(40), { minLength: 1 }), (frames, cuts) => {
      const stream = frames
        .map(({ id, event, data }) => `id: ${id}\nevent: ${event}\ndata: ${data}\n\n`)
        .join(':\n\n')
      const read: Frame[] = []
      const take = frameSplitter((each) => read.push(each))
      for (let at = 0, turn = 0; at < stream.length; turn++) {
        const end = at + 1 + (cuts[turn % cuts.length] ?? 0)
        take(stream.slice(at, end))
        at = end
      }
      expect(read).toEqual(frames)
    }),
  )
})
