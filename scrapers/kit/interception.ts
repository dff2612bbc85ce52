import type { CDPSession } from 'playwright-core'
import type { Exchange } from './exchange.ts'

/** What Chromium tells of a request that it holds, at either of its two stages (source: DevTools protocol, Fetch). */
interface Paused {
  requestId: string
  request: { url: string }
  resourceType: string
  /** From here on of the second stage only. */
  responseStatusCode?: number
  responseErrorReason?: string
  responseHeaders?: { name: string; value: string }[]
}

/** What a page may load beside itself: what can bring its listings, no pictures, frames or beacons. */
const PARTS: ReadonlySet<string> = new Set(['Script', 'XHR', 'Fetch'])

/** Stands between one page and the network: lets through what it may load, and sees what the document was answered. */
export class Interception {
  readonly #session: CDPSession
  readonly #target: URL
  readonly #allowed: (part: URL) => Promise<boolean>
  readonly #charset: string | undefined
  readonly #early = Promise.withResolvers<Exchange>()
  #asked = false
  #status = 0
  #headers: Record<string, string> = {}

  /**
   * @param target the document's address
   * @param allowed whether a part of the page may be fetched
   * @param charset of the document, where what it declares is missing or wrong
   */
  constructor(
    session: CDPSession,
    target: URL,
    allowed: (part: URL) => Promise<boolean>,
    charset: string | undefined,
  ) {
    this.#session = session
    this.#target = target
    this.#allowed = allowed
    this.#charset = charset
  }

  async begin(): Promise<void> {
    this.#session.on('Fetch.requestPaused', (paused) => {
      // The page may be gone by the time we have decided.
      this.#decide(paused).catch(() => {})
    })
    await this.#session.send('Fetch.enable', {
      patterns: [{ requestStage: 'Request' }, { requestStage: 'Response', resourceType: 'Document' }],
    })
  }

  /** The answer where there is nothing to render: a redirect, an error, or no HTML. */
  get early(): Promise<Exchange> {
    return this.#early.promise
  }

  /** The answer with `body`, what the page became. It is UTF-8, whatever it was. */
  answer(body: Buffer): Exchange {
    return {
      status: this.#status,
      headers: { ...this.#headers, 'content-type': 'text/html; charset=utf-8' },
      body,
    }
  }

  async #decide(paused: Paused): Promise<void> {
    const { requestId, responseStatusCode, responseErrorReason } = paused
    if (responseErrorReason) {
      await this.#session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' })
    } else if (responseStatusCode !== undefined) await this.#answered(paused, responseStatusCode)
    else if (await this.#mayAsk(paused)) await this.#session.send('Fetch.continueRequest', { requestId })
    else await this.#session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
  }

  async #mayAsk({ request, resourceType }: Paused): Promise<boolean> {
    const url = URL.parse(request.url)
    if (!url || !/^https?:$/.test(url.protocol)) return false
    if (PARTS.has(resourceType)) return this.#allowed(url)
    // The document once: a page that sends the browser elsewhere would leave robots.txt and pace behind.
    const first = resourceType === 'Document' && !this.#asked && url.href === this.#target.href
    this.#asked ||= first
    return first
  }

  async #answered({ requestId, responseHeaders }: Paused, status: number): Promise<void> {
    const headers = Object.fromEntries(
      (responseHeaders ?? []).map(({ name, value }) => [name.toLowerCase(), value]),
    )
    // robots.txt is read as it was sent, even where it is sent as a page.
    const isPage = /html/i.test(headers['content-type'] ?? '') && this.#target.pathname !== '/robots.txt'
    if (status !== 200 || !isPage) {
      const redirects = status >= 300 && status < 400
      const body = redirects ? Buffer.alloc(0) : await this.#body(requestId)
      this.#early.resolve({ status, headers, body })
      await this.#session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      return
    }
    this.#status = status
    this.#headers = headers
    if (this.#charset === undefined) await this.#session.send('Fetch.continueResponse', { requestId })
    else await this.#redeclare(requestId, this.#charset)
  }

  /** Answers the page in the network's place: a charset declared on the way is not heeded. */
  async #redeclare(requestId: string, charset: string): Promise<void> {
    const body = (await this.#body(requestId)).toString('base64')
    const responseHeaders = [{ name: 'content-type', value: `text/html; charset=${charset}` }]
    await this.#session.send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders, body })
  }

  async #body(requestId: string): Promise<Buffer> {
    const { body, base64Encoded } = await this.#session.send('Fetch.getResponseBody', { requestId })
    return Buffer.from(body, base64Encoded ? 'base64' : 'utf8')
  }
}
