import { decodeText } from './charset.ts'
import { isPage, type Exchange } from './exchange.ts'
import { Failure } from './failure.ts'
import { MAX_PATIENCE, retryAfter } from './pace.ts'
import { GUARD_HEADERS, hasHeader, isWall, WALL_HEADERS } from './walls.ts'

const STATUSES_OF_A_WALL = new Set([401, 403, 451])
/** With these, behind a guard, it is the guard that answered. */
const STATUSES_OF_A_GUARD = new Set([202, 405, 406])
const GONE = new Set([404, 410])
/** Not yet, nothing, or a part. */
const NO_WHOLE_PAGE = new Set([202, 204, 205, 206])
const PASSING_STATUSES = new Set([408, 425])

/** What an answer that is not a page means; undefined when it is one. */
export function verdict(url: URL, answer: Exchange): Failure | undefined {
  const { status: http, headers } = answer
  const wait = retryAfter(headers['retry-after'], new Date())
  const where = { url, http, retryAfter: wait }
  if (isBlocked(answer)) {
    return new Failure('blocked', `blocked with HTTP ${http} by ${url.host}: ${url.href}`, where)
  }
  if (isPage(http)) return undefined
  if (GONE.has(http)) return new Failure('not_found', `HTTP ${http}, nothing there: ${url.href}`, where)
  if (http === 429) return new Failure('rate_limited', `HTTP 429, ${url.host} asks for fewer requests`, where)
  if (http === 503 && wait !== undefined && wait > MAX_PATIENCE) {
    return new Failure('rate_limited', `HTTP 503, ${url.host} asks to be left alone: ${url.href}`, where)
  }
  if (http === 407) {
    return new Failure('config', 'HTTP 407, the proxy asks for a password; write it into HTTP_PROXY', where)
  }
  if (NO_WHOLE_PAGE.has(http)) {
    return new Failure('transient', `HTTP ${http}, not a whole page: ${url.href}`, where)
  }
  if (http >= 500 || PASSING_STATUSES.has(http)) {
    return new Failure('transient', `HTTP ${http}, the portal failed: ${url.href}`, where)
  }
  return new Failure('input', `HTTP ${http}, not an answer to work with: ${url.href}`, where)
}

function isBlocked({ status, headers, body }: Exchange): boolean {
  if (hasHeader(headers, WALL_HEADERS) || STATUSES_OF_A_WALL.has(status)) return true
  // A page is a wall only when nobody can read listings from it.
  if (isPage(status) || GONE.has(status)) return false
  if (STATUSES_OF_A_GUARD.has(status) && hasHeader(headers, GUARD_HEADERS)) return true
  const html = decodeText(body, headers['content-type'])
  // That there were too many requests is what 429 itself says; a proof of being human is more.
  return isWall(status === 429 ? html.replace(/too many requests|demasiad[oa]s \w+|rate limit/gi, '') : html)
}
