import type { ChannelConfig } from '../domain/config.ts'
import type { Sent } from '../domain/notice.ts'
import { cut } from './cut.ts'
import type { Sending } from './sending.ts'
import { post } from './post.ts'
import { secret } from './secrets.ts'
import { textOf, titleOf } from './text.ts'

/** Characters that Slack takes in a header and in the text of a section (source: Slack, Block Kit reference). */
const HEADER = 150
const SECTION = 3000

/** `{text, blocks}`: the blocks for Slack, the text for its notifications and for what knows no blocks. */
export function sendSlack(
  channel: Extract<ChannelConfig, { type: 'slack' }>,
  { delivery, env, signal }: Sending,
): Promise<Sent> {
  const [title, text] = [titleOf(delivery.notice), textOf(delivery.notice)]
  const blocks = [
    { type: 'header', text: { type: 'plain_text', text: cut(title, HEADER) } },
    ...(text === '' ? [] : [{ type: 'section', text: { type: 'plain_text', text: cut(text, SECTION) } }]),
  ]
  const body = JSON.stringify({ text: escaped([title, text].filter(Boolean).join('\n')), blocks })
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  return post(secret(env, channel.url_env) ?? '', { headers, body, signal })
}

/** Without this a page's words could call everybody (`<!channel>`). */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
