import robotsParserModule from 'robots-parser'
import { Failure } from './failure.ts'
import type { Exchange } from './exchange.ts'

// The package's types describe an ES module; what Node imports is the function itself.
const robotsParser = robotsParserModule as unknown as typeof robotsParserModule.default

interface Rules {
  allows(url: URL): boolean
  crawlDelay: number
}

const EVERYTHING: Rules = { allows: () => true, crawlDelay: 0 }

/** A larger Crawl-delay is meant for those who crawl whole sites. */
const MAX_CRAWL_DELAY = 30

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
    let text: string
    try {
      text = (await this.#fetch(url)).body.toString('utf8')
    } catch (thrown) {
      const http = thrown instanceof Failure ? (thrown.http ?? 0) : 0
      // "Unavailable": a site without robots.txt forbids nothing (RFC 9309, 2.3.1.3).
      if (http >= 400 && http < 500 && http !== 429) return EVERYTHING
      throw thrown
    }
    const parsed = robotsParser(url.href, text)
    return {
      allows: (page) => parsed.isAllowed(page.href, this.#userAgent) ?? false,
      crawlDelay: Math.min(parsed.getCrawlDelay(this.#userAgent) ?? 0, MAX_CRAWL_DELAY),
    }
  }
}
