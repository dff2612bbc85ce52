import { decodeText } from './charset.ts'
import { exchange, type Exchange, type Fetch } from './exchange.ts'
import { Failure } from './failure.ts'
import { Pace } from './pace.ts'
import type { Page } from './page.ts'
import type { Report } from './report.ts'
import { Robots } from './robots.ts'
import type { Settings } from './settings.ts'
import type { Portal } from './site.ts'
import { verdict } from './verdict.ts'

const TIMEOUT_MS = 30_000
const MAX_REDIRECTS = 5
/** How often one URL is asked before its failure counts. */
const MAX_TRIES = { transient: 3, rate_limited: 4 }
/** Seconds; a host that asks for more has us go away instead of wait. */
const MAX_RETRY_AFTER = 120
const MIN_BACKOFF = 0.5

/** Fetches pages politely: robots.txt, one pace per host, patience with passing faults. Goes by one URL at a time. */
export class Client {
  readonly #settings: Settings
  readonly #report: Report
  readonly #portal: Portal
  readonly #fetch: Fetch
  readonly #pace: Pace
  readonly #robots: Robots

  /** @param fetch plain HTTP, or a browser */
  constructor(settings: Settings, report: Report, portal: Portal, fetch: Fetch = exchange) {
    this.#settings = settings
    this.#report = report
    this.#portal = portal
    this.#fetch = fetch
    this.#pace = new Pace(settings.deadline)
    this.#robots = new Robots(async (url) => {
      const answer = await this.#patiently(url, (hop) => this.#ask(hop, settings.rateLimit))
      return answer.exchange
    }, settings.userAgent)
  }

  /** Whether the site's robots.txt lets us fetch `url`. @throws Failure when it cannot be had */
  allows(url: URL): Promise<boolean> {
    return this.#robots.allows(url)
  }

  /** @throws Failure of every class but `layout_changed` and `internal` */
  async page(url: URL): Promise<Page> {
    const { exchange: answer, url: last } = await this.#patiently(url, (hop) => this.#askAllowed(hop))
    const html = decodeText(answer.body, answer.headers['content-type'])
    return {
      url: last,
      html,
      source: answer.source?.toString() ?? html,
      fetched: answer.fetched ?? new Date(),
    }
  }

  async #patiently(
    url: URL,
    ask: (hop: URL) => Promise<Exchange>,
  ): Promise<{ exchange: Exchange; url: URL }> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#follow(url, ask)
      } catch (thrown) {
        if (!(thrown instanceof Failure)) throw thrown
        const wait = this.#waitBeforeRetry(thrown, tries)
        if (wait === undefined) throw thrown
        this.#report.count('retries')
        this.#report.log('warn', `${thrown.message}; again in ${wait} s`)
        this.#pace.holdOff(url.host, wait)
      }
    }
  }

  /** Seconds; undefined: not again. */
  #waitBeforeRetry(failure: Failure, tries: number): number | undefined {
    if (failure.class !== 'transient' && failure.class !== 'rate_limited') return undefined
    if (tries >= MAX_TRIES[failure.class]) return undefined
    const backoff = Math.max(MIN_BACKOFF, this.#settings.rateLimit) * 2 ** (tries - 1)
    const wait = failure.retryAfter ?? backoff
    return wait <= MAX_RETRY_AFTER ? wait : undefined
  }

  async #follow(start: URL, ask: (hop: URL) => Promise<Exchange>): Promise<{ exchange: Exchange; url: URL }> {
    let url = start
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      const answer = await ask(url)
      const location = answer.status >= 300 && answer.status < 400 ? answer.headers.location : undefined
      if (!location) {
        const failure = verdict(url, answer, this.#portal.challenge)
        if (failure) throw failure
        return { exchange: answer, url }
      }
      const next = URL.parse(location, url.href)
      if (!next || !/^https?:$/.test(next.protocol)) {
        throw new Failure('input', `${url.href} redirects to "${location}", not an http or https URL`, {
          url,
        })
      }
      url = next
    }
    throw new Failure('input', `${start.href} redirects more than ${MAX_REDIRECTS} times`, { url: start })
  }

  async #askAllowed(url: URL): Promise<Exchange> {
    if (!(await this.allows(url))) {
      throw new Failure('config', `robots.txt of ${url.host} disallows ${url.href}; not fetched`, { url })
    }
    const delay = await this.#robots.crawlDelay(url)
    return this.#ask(url, Math.max(this.#settings.rateLimit, delay))
  }

  async #ask(url: URL, delay: number): Promise<Exchange> {
    await this.#pace.turn(url.host)
    this.#report.count('requests')
    const rest = this.#settings.replayFolder === undefined ? delay : 0
    // The pause counts from the end of an answer, so a slow host gets the longer rest.
    const answer = await this.#fetch(url, {
      origin: this.#settings.hostMap.get(url.host),
      allowPrivate: this.#settings.allowPrivate,
      userAgent: this.#settings.userAgent,
      allows: (part) => this.allows(part),
      timeoutMs: Math.ceil(Math.min(TIMEOUT_MS, this.#pace.millisecondsLeft())),
    }).finally(() => this.#pace.holdOff(url.host, rest))
    this.#report.count('bytes', answer.body.length)
    if (answer.status !== 200) this.#report.count(`http_${answer.status}`)
    return answer
  }
}
