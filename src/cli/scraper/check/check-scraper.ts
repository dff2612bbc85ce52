import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Config } from '../../../domain/config.ts'
import type { Io } from '../../command.ts'
import type { Subject } from '../subject.ts'
import type { Clause, Runs, Terms } from './clause.ts'
import { judgeAll } from './clauses.ts'
import { writeList, writePrevious } from './inputs.ts'
import { digestOf } from './output-file.ts'
import { demoPortal, PLAIN_PORTAL, startPageServer, type PageServer } from './page-server.ts'
import { checkRun, type Bench } from './run.ts'

export interface CheckOptions {
  subject: Subject
  config: Config
  io: Io
  /** Pages elsewhere, instead of our own portal. */
  url: string | undefined
  mode: 'full' | 'detail'
  /** Seconds for each run, and for stopping. */
  limit: number
  grace: number
  /** A folder of its own, where everything happens. */
  folder: string
}

const MAX_PAGES = 3
const RATE_LIMIT = 0.2
const USER_AGENT = 'Zafra-check/1'

/** Sends a scraper out a few times and judges by what it did. @throws ZafraError `scraper` where it cannot be started */
export async function checkScraper(options: CheckOptions): Promise<Clause[]> {
  const { subject, io, url, mode, limit, grace, folder } = options
  const portal = await portalOf(subject)
  const pages = url === undefined ? await startPageServer(portal, io.clock) : null
  try {
    const bare = errandOf(options, pages)
    const previous_file = await writePrevious(folder)
    const url_list_file = mode === 'detail' ? await writeList(folder, bare, pages) : null
    const files = [previous_file, url_list_file].filter((path) => path !== null)
    const before = await Promise.all(files.map(digestOf))
    const errand = { ...bare, previous_file, url_list_file }
    const ours = [...files, join(folder, 'zafra.yaml')]
    const runs = await allRuns({ folder, pages, errand, grace, ours })
    const after = await Promise.all(files.map(digestOf))
    const untouched = before.every((digest, at) => digest === after[at])
    const terms: Terms = {
      max_pages: MAX_PAGES,
      rate_limit: RATE_LIMIT,
      user_agent: USER_AGENT,
      limit,
      grace,
      mode,
      untouched,
    }
    return judgeAll(runs, terms)
  } finally {
    await pages?.close()
  }
}

/** A scraper over the kit takes a host map and wants its own portal's pages; for any other the plain one must do. */
async function portalOf({ command, site }: Subject) {
  const overKit = command.args.some((path) => existsSync(join(dirname(path), 'kit')))
  return (overKit && site !== null ? await demoPortal(site) : undefined) ?? PLAIN_PORTAL
}

function errandOf({ subject, config, io, mode, limit, url }: CheckOptions, pages: PageServer | null) {
  const network = pages ? { host_map: pages.host_map, allow_private: true } : config.network
  return {
    subject,
    config: { ...config, network },
    clock: io.clock,
    ours: io.env,
    url: pages?.url ?? url ?? '',
    mode,
    changes: {
      SCRAPER_MAX_PAGES: String(MAX_PAGES),
      SCRAPER_RATE_LIMIT: String(RATE_LIMIT),
      SCRAPER_USER_AGENT: USER_AGENT,
      // Modules of the workspace it comes from; it works in another one.
      PYTHONPATH: config.workspace,
    },
    limit,
  }
}

async function allRuns(bench: Bench): Promise<Runs> {
  const whole = await checkRun(bench, { name: 'whole', mood: 'plain' })
  const resumes = whole.trial.lines.some(({ message }) => message?.type === 'state')
  if (resumes) await checkRun(bench, { name: 'resumed', mood: 'plain', kill: 'state' })
  const resumed = resumes ? await checkRun(bench, { name: 'resumed', mood: 'plain', attempt: 2 }) : null
  const stopped = await checkRun(bench, { name: 'stopped', mood: 'hanging', stop: 'hang' })
  const inMood = (mood: 'empty' | 'failing' | 'walled') => checkRun(bench, { name: mood, mood })
  if (!bench.pages) return { whole, resumed, stopped, empty: null, failing: null, walled: null }
  return {
    whole,
    resumed,
    stopped,
    empty: await inMood('empty'),
    failing: await inMood('failing'),
    walled: await inMood('walled'),
  }
}
