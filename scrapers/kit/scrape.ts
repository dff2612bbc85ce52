import { Client } from './client.ts'
import { exchange, type Fetch } from './exchange.ts'
import { asFailure, type Failure } from './failure.ts'
import { recording, replaying } from './recording.ts'
import { Report, type Outcome } from './report.ts'
import { readSettings, type Environment, type Settings } from './settings.ts'
import type { Portal } from './site.ts'

/** What a harvest works with. */
export interface Run {
  env: Environment
  settings: Settings
  client: Client
  report: Report
}

type Harvest = (run: Run) => Promise<Outcome>

/** Runs a harvest as the scraper contract says: messages on standard output, exit status by result. */
export async function scrape(portal: Portal, harvest: Harvest): Promise<void> {
  // A checkpoint stands after each page, so there is nothing to finish. Not `once`: a second signal on the way out
  // would find no handler and kill us with a status that tells less.
  process.on('SIGTERM', () => process.exit(143))
  process.on('SIGINT', () => process.exit(130))
  const report = new Report((line) => process.stdout.write(line))
  try {
    const settings = readSettings(process.env)
    report.tellsPages = (settings.recordFolder ?? settings.replayFolder) !== undefined
    const outcome = await fetching(settings, (fetch) => {
      const client = new Client(settings, report, fetch)
      return harvest({ env: process.env, settings, client, report })
    })
    report.metrics()
    report.result(outcome)
  } catch (thrown) {
    const failure = asFailure(thrown)
    if (failure.class === 'internal') console.error(thrown)
    report.metrics()
    adviseBrowser(failure, portal, report)
    report.error(failure)
    process.exitCode = failure.exitStatus
  }
}

/** Does `work` with the way to fetch that the operator chose: recorded pages, plain HTTP, or a browser. */
async function fetching<T>(settings: Settings, work: (fetch: Fetch) => Promise<T>): Promise<T> {
  const { recordFolder, replayFolder } = settings
  if (replayFolder !== undefined) return work(replaying(replayFolder))
  const kept = (fetch: Fetch) => (recordFolder === undefined ? fetch : recording(recordFolder, fetch))
  if (!settings.browser) return work(kept(exchange))
  // A browser is costly to load, so only here.
  const { openBrowser } = await import('./browser.ts')
  const browser = await openBrowser(settings)
  try {
    return await work(kept(browser.fetch))
  } finally {
    await browser.close()
  }
}

function adviseBrowser(failure: Failure, portal: Portal, report: Report): void {
  if (failure.class !== 'blocked' || !portal.browser || process.env['SCRAPER_BROWSER'] === '1') return
  report.log(
    'warn',
    'this portal tends to refuse plain HTTP: set browser: true for its scraper in zafra.yaml',
  )
}
