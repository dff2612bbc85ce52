import type { Browser as Chromium, BrowserContext, LaunchOptions } from 'playwright-core'
import { isPublicHost, refusal } from './address.ts'
import { openProxy } from './browser-proxy.ts'
import { MAX_BODY_BYTES, tooLarge } from './body.ts'
import type { Exchange, ExchangeOptions, Fetch } from './exchange.ts'
import { Failure } from './failure.ts'
import { Interception } from './interception.ts'
import type { Settings } from './settings.ts'

/** What a page loads after itself may go on for ever; its listings do not. */
const SETTLE_MS = 3000

export interface Browser {
  /** One page load, scripts run; no redirect followed, so that each hop is judged as with plain HTTP. */
  fetch: Fetch
  close(): Promise<void>
}

/**
 * Starts the one browser of this run: headless, with our own user agent, in a profile that goes with it, in this
 * process' tree. It says that it is automated; nothing is disguised.
 * @throws Failure `config` when there is none or it does not start
 */
export async function openBrowser(settings: Settings): Promise<Browser> {
  const proxy = await openProxy(settings)
  const chromium = await launch(settings, proxy.origin).catch((thrown: unknown) => {
    proxy.close()
    throw thrown
  })
  const context = await chromium.newContext({
    userAgent: settings.userAgent,
    locale: 'es-MX',
    serviceWorkers: 'block',
    acceptDownloads: false,
  })
  // No interception of requests sees what goes through a socket, so none is opened.
  await context.routeWebSocket(/.*/, (socket) => void socket.close())
  await context.addInitScript(WITHOUT_OTHER_WAYS)
  return {
    fetch: (url, options) => load(context, url, { ...options, hosts: settings.hostMap }),
    close: () => chromium.close().finally(() => proxy.close()),
  }
}

async function launch(settings: Settings, proxy: string): Promise<Chromium> {
  const { chromium: executablePath } = settings
  if (!executablePath) {
    throw new Failure('config', 'no Chromium was found; install one, or name it in ZAFRA_CHROMIUM')
  }
  const { chromium } = await import('playwright-core').catch((cause: unknown) => {
    throw new Failure('config', 'playwright-core is not installed: npm install playwright-core', { cause })
  })
  return chromium.launch({ ...OPTIONS, executablePath, proxy: { server: proxy } }).catch((cause: unknown) => {
    throw new Failure('config', `${executablePath} does not start as a browser; try it by hand`, { cause })
  })
}

const OPTIONS: LaunchOptions = {
  headless: true,
  // The sandbox needs a user that is not root.
  chromiumSandbox: process.getuid?.() !== 0,
  // Signals end this process at once, and with it the browser.
  handleSIGINT: false,
  handleSIGTERM: false,
  handleSIGHUP: false,
  // What goes by UDP goes by no proxy.
  args: ['--disable-quic', '--force-webrtc-ip-handling-policy=disable_non_proxied_udp'],
}

/** What a page could ask the network through where no interception of requests looks. */
const WITHOUT_OTHER_WAYS = `for (const name of
  ['Worker', 'SharedWorker', 'RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) delete globalThis[name]`

interface LoadOptions extends ExchangeOptions {
  hosts: Settings['hostMap']
}

async function load(context: BrowserContext, url: URL, options: LoadOptions): Promise<Exchange> {
  const reachable = async ({ host, hostname }: URL) =>
    options.allowPrivate || options.hosts.has(host) || (await isPublicHost(hostname))
  if (!(await reachable(url))) throw refusal(url.hostname)
  const target = new URL(url)
  if (options.origin) target.protocol = options.origin.protocol
  const page = await context.newPage()
  try {
    const session = await context.newCDPSession(page)
    const allowed = async (part: URL) =>
      (await reachable(part)) && (part.host !== url.host || (await options.allows(asAsked(part, url))))
    const interception = new Interception(session, target, allowed)
    await interception.begin()
    const rendered = async () => {
      await page.goto(target.href, { waitUntil: 'load', timeout: options.timeoutMs })
      // A page that never falls silent has still shown what it has.
      await page.waitForLoadState('networkidle', { timeout: SETTLE_MS }).catch(() => {})
      return interception.answer(Buffer.from(await page.content()))
    }
    return checked(await Promise.race([interception.early, rendered()]), url)
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown
    const [reason] = (thrown as Error).message.split('\n')
    throw new Failure('transient', `no whole answer (${reason}): ${url.href}`, { url, cause: thrown })
  } finally {
    await page.close().catch(() => {})
  }
}

/** A part of the page under the address that the site's robots.txt speaks of. */
function asAsked(part: URL, page: URL): URL {
  const asked = new URL(part)
  asked.protocol = page.protocol
  return asked
}

function checked(answer: Exchange, url: URL): Exchange {
  if (Math.max(answer.body.length, answer.source?.length ?? 0) <= MAX_BODY_BYTES) return answer
  throw tooLarge(url)
}
