import type { ChannelConfig } from '../domain/config.ts'
import type { Notice, Sent } from '../domain/notice.ts'
import type { Sending } from './sending.ts'
import { post } from './post.ts'
import { secret } from './secrets.ts'
import { textOf, titleOf } from './text.ts'

/**
 * A sign of life (source: Healthchecks, Pinging API): URL/start when a batch starts, the URL when it is completed, URL/fail
 * when it failed as a whole or was cancelled. The body is the text of the notice.
 */
export function ping(
  channel: Extract<ChannelConfig, { type: 'ping' }>,
  { delivery, env, signal }: Sending,
): Promise<Sent> {
  const { notice } = delivery
  const body = [titleOf(notice), textOf(notice)].filter(Boolean).join('\n')
  const headers = { 'content-type': 'text/plain; charset=utf-8' }
  return post(withSuffix(secret(env, channel.url_env) ?? '', suffix(notice)), { headers, body, signal })
}

function suffix(notice: Notice): string {
  if (notice.event === 'batch_started') return '/start'
  return notice.event === 'batch_ended' && notice.digest.status !== 'completed' ? '/fail' : ''
}

/** The URL may have a query of its own. */
function withSuffix(base: string, more: string): string {
  if (!URL.canParse(base)) return base
  const url = new URL(base)
  url.pathname = url.pathname.replace(/\/$/, '') + more
  return url.href
}
