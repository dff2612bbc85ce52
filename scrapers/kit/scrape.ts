import { Client } from './client.ts'
import { asFailure } from './failure.ts'
import { Report } from './report.ts'
import { readSettings, type Environment, type Settings } from './settings.ts'

/** What a harvest works with. */
export interface Run {
  env: Environment
  settings: Settings
  client: Client
  report: Report
}

/** Runs a harvest as the scraper contract says: messages on standard output, exit status by result. */
export async function scrape(
  challenge: RegExp,
  harvest: (run: Run) => Promise<{ rows: number; complete: boolean }>,
): Promise<void> {
  // A checkpoint stands after each page, so there is nothing to finish. Not `once`: a second signal on the way out
  // would find no handler and kill us with a status that tells less.
  process.on('SIGTERM', () => process.exit(143))
  process.on('SIGINT', () => process.exit(130))
  const report = new Report((line) => process.stdout.write(line))
  try {
    const settings = readSettings(process.env)
    const client = new Client(settings, report, challenge)
    const { rows, complete } = await harvest({ env: process.env, settings, client, report })
    report.metrics()
    report.result(rows, complete)
  } catch (thrown) {
    const failure = asFailure(thrown)
    if (failure.class === 'internal') console.error(thrown)
    report.metrics()
    report.error(failure)
    process.exitCode = failure.exitStatus
  }
}
