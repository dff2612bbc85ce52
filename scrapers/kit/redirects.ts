import type { Exchange } from './exchange.ts'
import { Failure } from './failure.ts'
import { isWallAddress } from './walls.ts'

const MAX_REDIRECTS = 5

/** The redirects from one address on. */
export class Trail {
  /** Whether cookies are kept on the way: then an address that came before may be answered otherwise. */
  readonly #keepsCookies: boolean
  readonly #places: URL[] = []
  #setsCookies = false

  constructor(keepsCookies: boolean) {
    this.#keepsCookies = keepsCookies
  }

  /**
   * Where the answer to `url` leads; undefined when it does not redirect.
   * @throws Failure `blocked` when the way leads to a wall or needs a cookie, `input` when it leads nowhere
   */
  next(url: URL, { status, headers }: Exchange): URL | undefined {
    const { location } = headers
    if (status < 300 || status >= 400 || location === undefined) return undefined
    this.#setsCookies ||= headers['set-cookie'] !== undefined
    this.#places.push(url)
    const next = URL.parse(location, url.href)
    if (!next || !/^https?:$/.test(next.protocol)) {
      throw new Failure('input', `${url.href} redirects to "${location}", not an http or https URL`, { url })
    }
    if (isWallAddress(next)) {
      throw new Failure('blocked', `${url.href} redirects to a wall: ${next.href}`, { url, http: status })
    }
    const isKnown = this.#places.some(({ href }) => href === withoutHash(next))
    if (this.#places.length > MAX_REDIRECTS || (isKnown && !this.#keepsCookies))
      throw this.#endless(next, status)
    return next
  }

  #endless(next: URL, http: number): Failure {
    const [start = next] = this.#places
    const places = new Set(this.#places.map((each) => each.host + each.pathname))
    // Over and over to where it came from, each time with a cookie: it waits for one who brings that along.
    if (this.#setsCookies && places.has(next.host + next.pathname)) {
      const advice = this.#keepsCookies ? '' : '; set browser: true for its scraper in zafra.yaml'
      const message = `${start.host} sets a cookie and redirects ${start.href} to itself: a wall${advice}`
      return new Failure('blocked', message, { url: start, http })
    }
    const message = `${start.href} redirects in a circle or more than ${MAX_REDIRECTS} times`
    return new Failure('input', message, { url: start })
  }
}

function withoutHash(url: URL): string {
  return url.href.replace(/#.*$/, '')
}

/** The number of a first page, which portals leave out of an address. */
const FIRST_PAGE = /^p(?:age|[aá]gina)?=1$/i

/**
 * Whether a redirect leads to the page that was asked for, only under another form of its address: https or www.,
 * a slash at its end, another case or percent-encoding of its path, more parameters.
 */
export function leadsToSame(asked: URL, led: URL): boolean {
  if (place(asked) !== place(led)) return false
  const given = new Set(parameters(led))
  return parameters(asked).every((each) => given.has(each) || FIRST_PAGE.test(each))
}

function place(url: URL): string {
  return `${url.host.replace(/^www\./, '')}${decoded(url.pathname).replace(/\/+$/, '')}`.toLowerCase()
}

function parameters({ searchParams }: URL): string[] {
  return [...searchParams].map(([name, value]) => `${name}=${value}`)
}

/** A path that is not valid percent-encoding stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
