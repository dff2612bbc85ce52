import { decodeText } from './charset.ts'
import { exchange, isPage, type Exchange, type Fetch } from './exchange.ts'
import { Failure } from './failure.ts'
import { MAX_PATIENCE, Pace } from './pace.ts'
import type { Page } from './page.ts'
import type { Report } from './report.ts'
import { Robots } from './robots.ts'
import type { Settings } from './settings.ts'
import { Trail } from './redirects.ts'
import { verdict } from './verdict.ts'
import { incompleteness } from './wholeness.ts'

const TIMEOUT_MS = 30_000
/** How often one URL is asked before its failure counts. */
const MAX_TRIES = { transient: 3, rate_limited: 4 }
const MIN_BACKOFF = 0.5

/** Fetches pages politely: robots.txt, one pace per host, patience with passing faults. Goes by one URL at a time. */
export class Client {
  readonly #settings: Settings
  readonly #report: Report
  readonly #fetch: Fetch
  readonly #pace: Pace
  readonly #robots: Robots

  /** @param fetch plain HTTP, or a browser */
  constructor(settings: Settings, report: Report, fetch: Fetch = exchange) {
    this.#settings = settings
    this.#report = report
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
    const { exchange: answer, url: last } = await this.#patiently(url, (hop) => this.#pageAt(hop))
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
    return wait <= MAX_PATIENCE && this.#pace.hasTimeFor(wait) ? wait : undefined
  }

  async #follow(start: URL, ask: (hop: URL) => Promise<Exchange>): Promise<{ exchange: Exchange; url: URL }> {
    const trail = new Trail(this.#settings.browser)
    let url = start
    for (;;) {
      const answer = await ask(url)
      const next = trail.next(url, answer)
      if (next === undefined) {
        const failure = verdict(url, answer)
        if (failure) throw failure
        return { exchange: answer, url }
      }
      url = next
    }
  }

  /** The answer to one hop of a page. @throws Failure `transient` for a page that is empty or cut off */
  async #pageAt(url: URL): Promise<Exchange> {
    const answer = await this.#askAllowed(url)
    const failure = isPage(answer.status) ? incompleteness(url, answer) : undefined
    if (failure && !verdict(url, answer)) throw failure
    return answer
  }

  async #askAllowed(url: URL): Promise<Exchange> {
    if (!(await this.allows(url))) {
      throw await this.disallowed(url)
    }
    const delay = await this.#robots.crawlDelay(url)
    return this.#ask(url, Math.max(this.#settings.rateLimit, delay))
  }

  /** What to say of a page that robots.txt forbids: by which of its lines. */
  async disallowed(url: URL): Promise<Failure> {
    const rule = await this.#robots.rule(url)
    const by = rule ? ` (${rule})` : ''
    return new Failure('config', `robots.txt of ${url.host} disallows ${url.href}${by}; not fetched`, { url })
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
