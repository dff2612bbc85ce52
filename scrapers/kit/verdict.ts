import { isPage, type Exchange } from './exchange.ts'
import { Failure } from './failure.ts'
import { retryAfter } from './pace.ts'

/** What the walls of several portals say, whichever portal stands behind them. */
const CHALLENGE = /just a moment\.\.\.|_cf_chl_opt|cf-turnstile|captcha|access denied|unusual traffic/i

/** Headers by which a wall says that it answered instead of the site. */
const CHALLENGE_HEADERS = ['cf-mitigated', 'x-amzn-waf-action']

const STATUSES_OF_A_WALL = new Set([401, 403, 407, 451])
const PASSING_STATUSES = new Set([408, 425])

/** Whether `text` is a challenge instead of a page. `own`: how that site's wall speaks. */
export function isChallenge(text: string, own: RegExp): boolean {
  return own.test(text) || CHALLENGE.test(text)
}

/** What an answer that is not a page means; undefined when it is one. */
export function verdict(url: URL, answer: Exchange, challenge: RegExp): Failure | undefined {
  const { status: http, headers } = answer
  const where = { url, http, retryAfter: retryAfter(headers['retry-after'], new Date()) }
  const walled = () => isChallenge(answer.body.toString('latin1'), challenge)
  if (
    CHALLENGE_HEADERS.some((name) => headers[name]) ||
    STATUSES_OF_A_WALL.has(http) ||
    (http === 503 && walled())
  ) {
    return new Failure('blocked', `blocked with HTTP ${http} by ${url.host}: ${url.href}`, where)
  }
  if (isPage(http)) return undefined
  if (http === 404 || http === 410)
    return new Failure('not_found', `HTTP ${http}, nothing there: ${url.href}`, where)
  if (http === 429) return new Failure('rate_limited', `HTTP 429, ${url.host} asks for fewer requests`, where)
  if (http >= 500 || PASSING_STATUSES.has(http)) {
    return new Failure('transient', `HTTP ${http}, the portal failed: ${url.href}`, where)
  }
  return new Failure('input', `HTTP ${http}, not an answer to work with: ${url.href}`, where)
}
