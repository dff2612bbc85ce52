import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { publicLookup, refusePrivateLiteral, refusePrivateName } from './address.ts'
import { MAX_BODY_BYTES, tooLarge, unpacked } from './body.ts'
import { Failure } from './failure.ts'
import type { Environment } from './settings.ts'
import { Transports, type Transport } from './transports.ts'

export interface Exchange {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  /** The document as the server sent it, in UTF-8, where `body` is what scripts made of it. */
  source?: Buffer | undefined
  /** Whether it did not say where it ends, so that a lost connection looks like its end. */
  unbounded?: boolean
  /** When it was fetched; absent: now. */
  fetched?: Date
}

export interface ExchangeOptions {
  /** Where the host is reached, if not by its own name: the operator's word, so it may be a private address. */
  origin: URL | undefined
  allowPrivate: boolean
  userAgent: string
  /** For the whole exchange, body included. */
  timeoutMs: number
  /** Whether robots.txt lets a part of the page be fetched; plain HTTP fetches no parts. */
  allows: (part: URL) => Promise<boolean>
}

/**
 * One GET, no redirect followed.
 * @throws Failure `transient` when it is not answered whole and in time, `config` for a private address
 */
export type Fetch = (url: URL, options: ExchangeOptions) => Promise<Exchange>

/** Whether an answer of that status is the page itself: 203 is one that a proxy on the way has changed. */
export function isPage(status: number): boolean {
  return status === 200 || status === 203
}

const PROXIES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY']

/**
 * A `Fetch` by plain HTTP.
 * @param env names the proxies to go through: HTTP_PROXY, HTTPS_PROXY (http or https URLs), NO_PROXY
 */
export function plainHttp(env: Environment): Fetch {
  const [direct, proxied] = [new Transports(), new Transports(env)]
  const hasProxy = PROXIES.some((name) => env[name])
  return async (url, options) => {
    const target = options.origin ? new URL(url.pathname + url.search, options.origin) : url
    const anywhere = options.allowPrivate || options.origin !== undefined
    if (!anywhere) refusePrivateLiteral(target)
    if (!anywhere && hasProxy) await refusePrivateName(target.hostname)
    const transport = (options.origin ? direct : proxied).to(target.protocol)
    try {
      const response = await send(transport, target, url.host, anywhere, options)
      const { statusCode: status = 0, headers } = response
      const body = await unpacked(await bodyOf(response, url), headers['content-encoding'], url)
      return { status, headers, body, unbounded: isUnbounded(headers) }
    } catch (thrown) {
      if (thrown instanceof Failure) throw thrown
      throw new Failure('transient', unanswered(url, thrown, options.timeoutMs), { url, cause: thrown })
    }
  }
}

/** A `Fetch` by plain HTTP, as our own environment says. */
export const exchange: Fetch = plainHttp(process.env)

function send(
  { agent, request }: Transport,
  target: URL,
  host: string,
  anywhere: boolean,
  options: ExchangeOptions,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(target, {
      agent,
      headers: {
        host,
        'user-agent': options.userAgent,
        accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        'accept-language': 'es-MX,es;q=0.9',
        'accept-encoding': 'gzip, br',
      },
      signal: AbortSignal.timeout(options.timeoutMs),
      // Of no effect on the way to a proxy, which is the operator's word.
      ...(anywhere ? {} : { lookup: publicLookup }),
    })
    asked.on('response', resolve).on('error', reject).end()
  })
}

/** The body as it came: Node itself refuses one that is shorter than it said. */
async function bodyOf(response: IncomingMessage, url: URL): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) throw tooLarge(url)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export function isUnbounded(headers: IncomingHttpHeaders): boolean {
  return headers['content-length'] === undefined && headers['transfer-encoding'] === undefined
}

function unanswered(url: URL, thrown: unknown, timeoutMs: number): string {
  const { name, message, code } = thrown as Error & { code?: string }
  if (name === 'AbortError' || name === 'TimeoutError')
    return `no whole answer within ${Math.round(timeoutMs / 1000)} s: ${url.href}`
  return `no whole answer (${code ?? message}): ${url.href}`
}
