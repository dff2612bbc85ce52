import { z } from 'zod'
import { NOTICE_EVENTS } from '../domain/notice.ts'
import { byCode, duration, oneOf, settings, text, texts } from './values.ts'

/** Names of environment variables; a value that was put here by mistake is seldom one. */
const variable = text.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'the name of an environment variable' })

const events = z
  .array(oneOf(...NOTICE_EVENTS), { error: 'a list of events' })
  .min(1, { error: `some of ${NOTICE_EVENTS.join(', ')}` })

const on = events.default(['batch_ended', 'alert'])

/** A URL without a user or password in it: it stands in a file. */
const url = text.refine(isOpenUrl, { error: 'an http or https URL without a password, or url_env' })

const webhook = settings({
  type: z.literal('webhook'),
  url: url.nullable().default(null),
  url_env: variable.nullable().default(null),
  secret_env: variable.nullable().default(null),
  on,
}).refine((channel) => (channel.url === null) !== (channel.url_env === null), {
  error: 'either this or url_env',
  path: ['url'],
})

const slack = settings({ type: z.literal('slack'), url_env: variable, on })

const email = settings({
  type: z.literal('email'),
  smtp_env: variable,
  from: text,
  to: texts.min(1, { error: 'at least one address' }),
  on,
})

const exec = settings({
  type: z.literal('exec'),
  command: texts.min(1, { error: 'a program and its arguments' }),
  pass_env: z.array(variable, { error: 'a list of names' }).default([]),
  timeout: duration.default(30),
  on,
})

// What a dead-man's switch is told is fixed: anything else would look like the sign of life.
const ping = settings({ type: z.literal('ping'), url_env: variable }).transform((channel) => ({
  ...channel,
  on: ['batch_started', 'batch_ended'] as const,
}))

const channel = z.discriminatedUnion('type', [webhook, slack, email, exec, ping], {
  error: 'webhook, slack, email, exec or ping',
})

/** Section `notify`. */
export const notify = settings({ channels: byCode(channel), give_up_after: duration })

function isOpenUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, username, password } = new URL(value)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}
