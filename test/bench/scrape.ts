import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { endlessList } from './endless-list.ts'
import { median, seconds, type Figure } from './figure.ts'

const SCRAPER = fileURLToPath(new URL('../../dist/scrapers/cyt.js', import.meta.url))
const ROUNDS = 7
/** Of 240 listings each; enough that starting to read does not count. */
const PAGES = 60
/** Has a process say at its end how much memory it had at most, in KiB, on a stream of its own. */
const TELL_PEAK = `data:text/javascript,import { writeSync } from 'node:fs';
process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)))`

/** One way to read the list, as a process that tells of each page. */
type Contender = (folder: string, origin: string) => Running
type Running = ReturnType<typeof start>

interface Run {
  /** From the first page to the last. */
  pagesPerSecond: number
  /** Of the whole process, from its start to its end. */
  wholePagesPerSecond: number
  /** MiB. */
  peak: number
}

/**
 * Pages a second of `cyt` and its memory against a bare loop of fetch and cheerio and against @crawlee/cheerio, where
 * somebody has installed that (`npm install --no-save @crawlee/cheerio`), and what starting a scraper costs.
 */
export async function measure(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zafra-bench-'))
  const { origin, close } = await endlessList(PAGES)
  try {
    const others = hasCrawlee()
      ? [script('bare-loop.ts'), script('crawlee-loop.ts')]
      : [script('bare-loop.ts')]
    const [cyt, bare, crawlee] = await race([scraper, ...others], folder, origin)
    if (!cyt || !bare) throw new Error('nobody ran')
    return [
      against('bare fetch + cheerio', cyt, bare, '≥ 0.8'),
      ...(crawlee
        ? [
            against('@crawlee/cheerio', cyt, crawlee, '≥ 1.5'),
            against('@crawlee/cheerio, start to end', cyt, crawlee, '≥ 1.5', 'wholePagesPerSecond'),
            {
              what: 'cyt, peak memory / @crawlee/cheerio',
              measured: (cyt.peak / crawlee.peak).toFixed(2),
              baseline: `${mebibytes(cyt)} against ${mebibytes(crawlee)} (bare: ${mebibytes(bare)})`,
              goal: '< 1',
            },
          ]
        : [
            {
              what: 'cyt, the same pages / @crawlee/cheerio',
              measured: 'not installed',
              baseline: '',
              goal: '≥ 1.5',
            },
          ]),
      await startup(folder, origin),
    ]
  } finally {
    await close()
    await rm(folder, { recursive: true, force: true })
  }
}

function hasCrawlee(): boolean {
  try {
    return Boolean(createRequire(import.meta.url).resolve('@crawlee/cheerio'))
  } catch {
    return false
  }
}

/** By turns, so that what else the machine does meets all of them. */
async function race(contenders: readonly Contender[], folder: string, origin: string): Promise<Run[]> {
  const runs: Run[][] = contenders.map(() => [])
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, contender] of contenders.entries()) runs[at]?.push(await runOf(contender(folder, origin)))
  }
  return runs.map(summary)
}

async function runOf(child: Running): Promise<Run> {
  const begun = performance.now()
  const peak = text(child.stdio[3] as Readable).then((kibibytes) => Number(kibibytes) / 1024)
  let [first, last, seen] = [0, 0, 0]
  for await (const line of createInterface(child.stdio[1] as Readable)) {
    if (!line.includes('"type":"progress"')) continue
    seen += 1
    last = performance.now()
    first ||= last
  }
  if (seen !== PAGES) throw new Error(`${seen} of ${PAGES} pages were read`)
  return {
    pagesPerSecond: ((PAGES - 1) * 1000) / (last - first),
    peak: await peak,
    wholePagesPerSecond: (PAGES * 1000) / (performance.now() - begun),
  }
}

function summary(runs: readonly Run[]): Run {
  const of = (name: keyof Run) => median(runs.map((run) => run[name]))
  return {
    pagesPerSecond: of('pagesPerSecond'),
    wholePagesPerSecond: of('wholePagesPerSecond'),
    peak: of('peak'),
  }
}

function against(
  other: string,
  ours: Run,
  theirs: Run,
  goal: string,
  rate: 'pagesPerSecond' | 'wholePagesPerSecond' = 'pagesPerSecond',
): Figure {
  return {
    what: `cyt, pages of 240 listings / ${other}`,
    measured: (ours[rate] / theirs[rate]).toFixed(2),
    baseline: `${ours[rate].toFixed(0)} against ${theirs[rate].toFixed(0)} pages/s`,
    goal,
  }
}

function mebibytes({ peak }: Run): string {
  return `${Math.round(peak)} MiB`
}

/** What a scraper costs that has nothing to do. */
async function startup(folder: string, origin: string): Promise<Figure> {
  const starts: number[] = []
  const bareStarts: number[] = []
  const idle = { ...environment(folder, origin), SCRAPER_INPUT_URL: '' }
  for (let round = 0; round < 2 * ROUNDS; round += 1) {
    starts.push(await seconds(() => ended(start([SCRAPER], idle))))
    bareStarts.push(await seconds(() => ended(start(['-e', ''], {}))))
  }
  const milliseconds = (each: readonly number[]) => `${Math.round(median(each) * 1000)} ms`
  return {
    what: 'start and end of a scraper process',
    measured: milliseconds(starts),
    baseline: `${milliseconds(bareStarts)} for a bare Node`,
    goal: '',
  }
}

function scraper(folder: string, origin: string): Running {
  return start(['--import', TELL_PEAK, SCRAPER], environment(folder, origin))
}

function script(name: string): Contender {
  const path = fileURLToPath(new URL(name, import.meta.url))
  return (folder, origin) => {
    const args = [origin, join(folder, `${name}.csv`), String(PAGES)]
    return start(['--import', TELL_PEAK, path, ...args], { ...process.env, NO_COLOR: '1' })
  }
}

function environment(folder: string, origin: string): NodeJS.ProcessEnv {
  return {
    SCRAPER_OUTPUT_FILE: join(folder, 'out.csv'),
    SCRAPER_INPUT_URL: 'https://portal.example/jalisco/zapopan/casas/venta',
    SCRAPER_HOST_MAP: JSON.stringify({ 'portal.example': origin }),
    SCRAPER_RATE_LIMIT: '0',
    SCRAPER_MAX_PAGES: String(PAGES),
  }
}

function start(args: readonly string[], env: NodeJS.ProcessEnv) {
  return spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit', 'pipe'] })
}

async function ended(child: Running): Promise<void> {
  child.stdout?.resume()
  await once(child, 'close')
}
