import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { contentsOf } from '../../src/demo/listings.ts'
import { HOSTS, LISTS } from '../../src/demo/lists.ts'
import { portalServer } from '../../src/demo/portals.ts'
import { median, seconds, type Figure } from './figure.ts'

const SCRAPER = fileURLToPath(new URL('../../dist/scrapers/cyt.js', import.meta.url))
const BARE_LOOP = fileURLToPath(new URL('bare-loop.ts', import.meta.url))
const SEED = 24
const PLACE = LISTS.findIndex(({ site, size }) => site === 'CyT' && size > 600)
const ROUNDS = 7
/** Of 240 listings each; enough that starting to read does not count. */
const PAGES = 60

/** Pages a second of `cyt` against a bare loop of fetch and cheerio, and what starting a scraper costs. */
export async function measure(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zafra-bench-'))
  const { origin, close } = await endlessList()
  try {
    const rounds: { ours: number; bare: number }[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const bare = await secondsOf(runBare(folder, origin))
      const ours = await secondsOf(run(folder, origin, { SCRAPER_MAX_PAGES: String(PAGES) }))
      rounds.push({ bare, ours })
    }
    const rate = (pick: 'ours' | 'bare') => PAGES / median(rounds.map((round) => round[pick]))
    const starts: number[] = []
    const bareStarts: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      starts.push(await seconds(() => ended(run(folder, origin, { SCRAPER_INPUT_URL: '' }))))
      bareStarts.push(await seconds(() => ended(spawn(process.execPath, ['-e', '']))))
    }
    const milliseconds = (each: readonly number[]) => `${Math.round(median(each) * 1000)} ms`
    return [
      {
        what: `cyt, pages of 240 listings / bare fetch + cheerio`,
        measured: (rate('ours') / rate('bare')).toFixed(2),
        baseline: `${rate('ours').toFixed(0)} against ${rate('bare').toFixed(0)} pages/s`,
        goal: '≥ 0.8',
      },
      {
        what: 'cyt, the same pages / @crawlee/cheerio',
        measured: 'not installed',
        baseline: '',
        goal: '≥ 1.5',
      },
      {
        what: 'start and end of a scraper process',
        measured: milliseconds(starts),
        baseline: `${milliseconds(bareStarts)} for a bare Node`,
        goal: '',
      },
    ]
  } finally {
    await close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A portal on loopback whose list never ends: each page is prepared beforehand, so that it costs the server nothing. */
async function endlessList() {
  const pages = await preparedPages()
  const { createServer } = await import('node:http')
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://portal')
    if (url.pathname === '/robots.txt') return void response.writeHead(404).end()
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(pages[Number(url.searchParams.get('page') ?? 1) - 1])
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** Page 1 of the demo's list, with other keys for each page. */
async function preparedPages(): Promise<string[]> {
  const list = LISTS[PLACE]
  if (!list) throw new Error('the demo has no such list')
  const server = portalServer({ seed: SEED, faults: false, speed: 1000 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { pathname } = new URL(list.url)
  const [response] = await once(get({ port, path: pathname, headers: { host: HOSTS.CyT } }), 'response')
  const first = await text(response)
  server.close()
  server.closeAllConnections()
  const stem = contentsOf(list, PLACE, SEED).listings[0]?.id.slice(0, 3) ?? ''
  return Array.from({ length: PAGES }, (_, page) => first.replaceAll(stem, String(100 + page)))
}

/** Seconds between what is told of the first page and of the last, set to all pages. */
async function secondsOf(child: ReturnType<typeof run>): Promise<number> {
  let [first, last, seen] = [0, 0, 0]
  for await (const line of createInterface(child.stdout)) {
    if (!line.includes('"type":"progress"')) continue
    seen += 1
    last = performance.now()
    first ||= last
  }
  if (seen !== PAGES) throw new Error(`${seen} of ${PAGES} pages were read`)
  return ((last - first) / 1000) * (PAGES / (PAGES - 1))
}

function runBare(folder: string, origin: string) {
  const args = [BARE_LOOP, origin, join(folder, 'bare.csv'), String(PAGES)]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}

function run(folder: string, origin: string, changes: Record<string, string>) {
  const env = {
    SCRAPER_OUTPUT_FILE: join(folder, 'out.csv'),
    SCRAPER_INPUT_URL: 'https://portal.example/jalisco/zapopan/casas/venta',
    SCRAPER_HOST_MAP: JSON.stringify({ 'portal.example': origin }),
    SCRAPER_RATE_LIMIT: '0',
    ...changes,
  }
  return spawn(process.execPath, [SCRAPER], { env, stdio: ['ignore', 'pipe', 'inherit'] })
}

async function ended(child: ReturnType<typeof spawn>): Promise<void> {
  child.stdout?.resume()
  await once(child, 'close')
}
