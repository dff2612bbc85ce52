import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import type { ChannelConfig } from '../../src/domain/config.ts'
import type { Digest } from '../../src/domain/digest.ts'
import type { Delivery, Messenger, Notice } from '../../src/domain/notice.ts'
import { createMessenger } from '../../src/notify/index.ts'
import { testClock } from '../support/clock.ts'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** What a sink does with a request: answers with a status (and headers, and a body), or leaves it without an answer. */
export type Answer = { status: number; headers?: Record<string, string>; body?: string } | 'nothing'

export interface HttpSink {
  url: string
  received: Received[]
  /** The next answers; 200 where there is none. */
  answers: Answer[]
  /** Resolves when there are so many requests. */
  until(count: number): Promise<void>
}

/** A receiver on loopback, gone when the test ends. */
export async function httpSink(): Promise<HttpSink> {
  const received: Received[] = []
  const answers: Answer[] = []
  const waiting = new Set<() => void>()
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    received.push({ path: request.url ?? '', headers: request.headers, body })
    for (const heard of waiting) heard()
    waiting.clear()
    const answer = answers.shift() ?? { status: 200 }
    if (answer !== 'nothing') response.writeHead(answer.status, answer.headers).end(answer.body)
  }
  const server = createServer((request, response) => void take(request, response))
  const url = await listening(server)
  async function until(count: number): Promise<void> {
    while (received.length < count) await new Promise<void>((heard) => waiting.add(heard))
  }
  return { url, received, answers, until }
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export const ON: ChannelConfig['on'] = ['batch_ended', 'alert']

/** A messenger with one channel, `ops`. */
export function messengerOf(
  channel: ChannelConfig,
  env: Record<string, string> = {},
  options: { workspace?: string } = {},
): { messenger: Messenger; clock: ReturnType<typeof testClock> } {
  const clock = testClock()
  const notify = { channels: { ops: channel }, give_up_after: 3600 }
  const { workspace = '/srv/harvest' } = options
  return { messenger: createMessenger({ notify, workspace }, { clock, env }), clock }
}

export function delivery(notice: Notice = ALERT): Delivery {
  return { id: '11111111-2222-4333-8444-555555555555', channel: 'ops', notice }
}

export const ALERT: Notice = {
  at: '2026-11-24 05:00:00',
  event: 'alert',
  code: 'disk',
  message: 'nothing new starts',
}

export const DIGEST: Digest = {
  batch_id: 'Nov26_01',
  status: 'completed',
  started_at: '2026-11-24 02:00:00',
  ended_at: '2026-11-24 04:05:00',
  seconds: 7500,
  total_tasks: 10,
  recovered: 2,
  counts: {
    pending: 0,
    running: 0,
    retrying: 0,
    failed: 0,
    permanently_failed: 3,
    skipped: 0,
    cancelled: 0,
    completed: 7,
  },
  rows: 700,
  previous: { batch_id: 'Nov26_00', seconds: 5000, rows: 1000, completed_tasks: 10 },
  absent_sites: [],
  sites: [{ site: 'CyT', completed: 7, failed: 3, skipped: 0, rows: 700 }],
  suspect: [{ site: 'CyT', suspect: 2 }],
  incomplete: 1,
  failures: [
    {
      error_class: 'layout_changed',
      message: 'No se encontró “precio” en Tlajomulco de Zúñiga',
      tasks: 3,
      sites: ['CyT'],
      task_id: 4,
    },
  ],
  further_failures: 2,
  longest: [
    {
      task_id: 9,
      scraper_name: 'cyt',
      website: 'CyT',
      city: 'Zap',
      operation: 'Ven',
      product: 'Dep',
      seconds: 3700,
    },
  ],
  findings: ['CyT Zap/Ven/Dep: 40 % fewer rows than usual'],
  diff: ['CyT: 12 new, 3 gone'],
}

export function ended(digest: Partial<Digest> = {}): Notice {
  return { at: '2026-11-24 04:05:00', event: 'batch_ended', digest: { ...DIGEST, ...digest } }
}
