import type { ChannelConfig } from '../domain/config.ts'

type Environment = Readonly<Record<string, string | undefined>>

const MASK = '******'

/** A shorter piece of a secret is as likely to be an ordinary word. */
const LEAST = 4

/** The variables that a channel needs and that are not set. */
export function missingVariables(channel: ChannelConfig, env: Environment): string[] {
  return variables(channel).filter((name) => !env[name])
}

/** The value of a variable that a channel names; undefined where it is not set. */
export function secret(env: Environment, name: string): string | undefined {
  return env[name] || undefined
}

/** Takes the secrets of a channel, whole or in pieces, out of what others said. */
export function maskSecrets(channel: ChannelConfig, env: Environment): (text: string) => string {
  const pieces = variables(channel)
    .flatMap((name) => piecesOf(env[name] ?? ''))
    .filter((piece) => piece.length >= LEAST)
    // One that contains another goes first, or its rest would stay.
    .toSorted((one, other) => other.length - one.length)
  return (text) => pieces.reduce((rest, piece) => rest.replaceAll(piece, MASK), text)
}

function variables(channel: ChannelConfig): string[] {
  switch (channel.type) {
    case 'webhook':
      return [channel.url_env, channel.secret_env].filter((name) => name !== null)
    case 'slack':
    case 'ping':
      return [channel.url_env]
    case 'email':
      return [channel.smtp_env]
    case 'exec':
      return [...channel.pass_env]
  }
}

/** Of a URL everything but its host and what every such URL has may be the secret. */
function piecesOf(value: string): string[] {
  if (!URL.canParse(value)) return [value]
  const { username, password, pathname, search } = new URL(value)
  const userinfo = [username, password].flatMap((part) => [part, decoded(part)])
  const base64 = [decoded(password), `\0${decoded(username)}\0${decoded(password)}`]
    .filter((part) => part !== '' && part !== '\0\0')
    .map((part) => Buffer.from(part).toString('base64'))
  return [value, pathname + search, search, ...pathname.split('/'), ...userinfo, ...base64]
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
