import { createHmac } from 'node:crypto'
import type { ChannelConfig } from '../domain/config.ts'
import type { Sent } from '../domain/notice.ts'
import type { Sending } from './sending.ts'
import { bodyOf } from './body.ts'
import { post } from './post.ts'
import { secret } from './secrets.ts'

const MS_PER_SECOND = 1000

/**
 * JSON by POST. With a secret X-Zafra-Signature is the HMAC-SHA256, in hex, of X-Zafra-Timestamp (seconds), a dot and the
 * body; X-Zafra-Delivery is the same at every try.
 */
export function sendWebhook(
  channel: Extract<ChannelConfig, { type: 'webhook' }>,
  sending: Sending,
): Promise<Sent> {
  const { delivery, env, now, signal } = sending
  const url = channel.url ?? secret(env, channel.url_env ?? '') ?? ''
  const key = channel.secret_env === null ? undefined : secret(env, channel.secret_env)
  const timestamp = String(Math.floor(now.getTime() / MS_PER_SECOND))
  const body = bodyOf(sending)
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'x-zafra-event': delivery.notice.event,
    'x-zafra-delivery': delivery.id,
    'x-zafra-timestamp': timestamp,
    ...(key !== undefined && { 'x-zafra-signature': signature(key, timestamp, body) }),
  }
  return post(url, { headers, body, signal })
}

function signature(key: string, timestamp: string, body: string): string {
  return createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')
}
