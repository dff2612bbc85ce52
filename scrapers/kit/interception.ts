import type { CDPSession } from 'playwright-core'
import { decodeText } from './charset.ts'
import { Failure } from './failure.ts'
import { isPage, type Exchange } from './exchange.ts'

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

/** Headers that are not true any more of a body that was unpacked and decoded. */
const OF_THE_BODY_AS_SENT: ReadonlySet<string> = new Set([
  'content-type',
  'content-encoding',
  'content-length',
  'transfer-encoding',
])

/** Stands between one page and the network: lets through what it may load, and sees what the document was answered. */
export class Interception {
  readonly #session: CDPSession
  readonly #target: URL
  readonly #allowed: (part: URL) => Promise<boolean>
  readonly #early = Promise.withResolvers<Exchange>()
  #asked = false
  #status = 0
  #headers: Record<string, string> = {}
  #source: Buffer | undefined
  #unbounded = false

  /**
   * @param target the document's address
   * @param allowed whether a part of the page may be fetched
   */
  constructor(session: CDPSession, target: URL, allowed: (part: URL) => Promise<boolean>) {
    this.#session = session
    this.#target = target
    this.#allowed = allowed
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
      source: this.#source,
      unbounded: this.#unbounded,
    }
  }

  async #decide(paused: Paused): Promise<void> {
    const { requestId, responseStatusCode, responseErrorReason } = paused
    if (responseErrorReason) {
      await this.#session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' })
    } else if (responseStatusCode !== undefined) {
      // Without this the page would wait in vain for a document that broke off.
      await this.#answered(paused, responseStatusCode).catch(this.#early.reject)
    } else if (await this.#mayAsk(paused)) await this.#session.send('Fetch.continueRequest', { requestId })
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

  async #answered(paused: Paused, status: number): Promise<void> {
    const { requestId, responseHeaders = [] } = paused
    const headers = Object.fromEntries(responseHeaders.map(({ name, value }) => [name.toLowerCase(), value]))
    // robots.txt is read as it was sent, even where it is sent as a page.
    const isHtml = /html/i.test(headers['content-type'] ?? '') && this.#target.pathname !== '/robots.txt'
    const redirects = status >= 300 && status < 400
    const body = redirects ? Buffer.alloc(0) : await this.#body(requestId)
    if (!isPage(status) || !isHtml || body.length === 0) {
      this.#early.resolve({ status, headers, body })
      await this.#session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      return
    }
    // Chromium shows as much as came of a document that broke off.
    const length = headers['content-encoding'] ? undefined : headers['content-length']
    if (length !== undefined && body.length < Number(length)) {
      throw new Failure('transient', `the page is cut off: ${this.#target.href}`, { url: this.#target })
    }
    this.#status = status
    this.#headers = headers
    this.#unbounded = length === undefined
    this.#source = Buffer.from(decodeText(body, headers['content-type']))
    await this.#show(paused, status, this.#source)
  }

  /** Answers the page in the network's place, in the charset that we read it in. */
  async #show({ requestId, responseHeaders = [] }: Paused, status: number, body: Buffer): Promise<void> {
    await this.#session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: status,
      responseHeaders: [
        ...responseHeaders.filter(({ name }) => !OF_THE_BODY_AS_SENT.has(name.toLowerCase())),
        { name: 'content-type', value: 'text/html; charset=utf-8' },
      ],
      body: body.toString('base64'),
    })
  }

  async #body(requestId: string): Promise<Buffer> {
    const { body, base64Encoded } = await this.#session.send('Fetch.getResponseBody', { requestId })
    return Buffer.from(body, base64Encoded ? 'base64' : 'utf8')
  }
}
