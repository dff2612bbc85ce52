import robotsParserModule from 'robots-parser'
import { decodeText } from './charset.ts'
import type { Exchange } from './exchange.ts'
import { Failure } from './failure.ts'
import { isWall } from './walls.ts'

// The package's types describe an ES module; what Node imports is the function itself.
const robotsParser = robotsParserModule as unknown as typeof robotsParserModule.default

interface Rules {
  allows(url: URL): boolean
  /** The line that decides about `url`, as messages quote it. */
  rule(url: URL): string | undefined
  crawlDelay: number
}

const EVERYTHING: Rules = { allows: () => true, rule: () => undefined, crawlDelay: 0 }

/** The robots.txt of each origin, fetched once per run and matched as RFC 9309 says (longest rule wins). */
export class Robots {
  readonly #fetch: (url: URL) => Promise<Exchange>
  readonly #userAgent: string
  readonly #rules = new Map<string, Promise<Rules>>()

  /** @param fetch follows redirects and retries, but asks no robots.txt */
  constructor(fetch: (url: URL) => Promise<Exchange>, userAgent: string) {
    this.#fetch = fetch
    this.#userAgent = userAgent
  }

  /** @throws Failure when the file cannot be had: then nothing of the site may be fetched (RFC 9309, 2.3.1.4) */
  async allows(url: URL): Promise<boolean> {
    return (await this.#of(url)).allows(url)
  }

  /** The line that decides about `url`: `line 2 "Disallow: /*venta$"`; undefined when none does. */
  async rule(url: URL): Promise<string | undefined> {
    return (await this.#of(url)).rule(url)
  }

  /** Seconds between two requests that the site asks for; 0: none. */
  async crawlDelay(url: URL): Promise<number> {
    return (await this.#of(url)).crawlDelay
  }

  #of(url: URL): Promise<Rules> {
    const known = this.#rules.get(url.origin)
    if (known) return known
    const rules = this.#read(new URL('/robots.txt', url))
    this.#rules.set(url.origin, rules)
    return rules
  }

  async #read(url: URL): Promise<Rules> {
    let answer: Exchange
    try {
      answer = await this.#fetch(url)
    } catch (thrown) {
      const http = thrown instanceof Failure ? (thrown.http ?? 0) : 0
      // "Unavailable": a site without robots.txt forbids nothing (RFC 9309, 2.3.1.3).
      if (http === 204 || (http >= 400 && http < 500 && http !== 429)) return EVERYTHING
      throw thrown
    }
    const text = decodeText(answer.body, answer.headers['content-type'])
    if (/^\s*</.test(text) && isWall(text)) {
      const message = `${url.host} asks for a proof of being human before its robots.txt`
      throw new Failure('blocked', message, { url, http: answer.status })
    }
    return this.#parsed(url, text)
  }

  #parsed(url: URL, text: string): Rules {
    const parsed = robotsParser(url.href, text)
    const lines = text.split(/\r\n|\r|\n/)
    const delay = parsed.getCrawlDelay(this.#userAgent) ?? 0
    return {
      allows: (page) => parsed.isAllowed(page.href, this.#userAgent) ?? false,
      rule: (page) => {
        const line = parsed.getMatchingLineNumber(page.href, this.#userAgent)
        const written = lines[line - 1]?.trim()
        return written && `line ${line} "${written}"`
      },
      crawlDelay: Number.isFinite(delay) && delay > 0 ? delay : 0,
    }
  }
}
