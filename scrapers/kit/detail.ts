import { readFileSync } from 'node:fs'
import { dirname } from 'node:path/posix'
import { parse } from 'csv-parse/sync'
import { readCheckpoint } from './checkpoint.ts'
import { Coverage } from './coverage.ts'
import { CsvOutput, keepable } from './csv-output.ts'
import { asFailure, Failure, type FailureClass } from './failure.ts'
import { GoneFile } from './gone-file.ts'
import { keyInAddress } from './linked.ts'
import { readPage, unreadable } from './reading.ts'
import { leadsToSame } from './redirects.ts'
import { scrape, type Run } from './scrape.ts'
import type { ListingColumn } from './listing.ts'
import { required, webUrl } from './settings.ts'
import { sheetOf } from './sheet.ts'
import type { DetailSite, Row } from './site.ts'
import { isWall } from './walls.ts'

/** So many pages in a row that cannot be had are no longer the fault of single pages. */
const MAX_FAILURES_IN_A_ROW = 3
const NOT_OF_ONE_PAGE: ReadonlySet<FailureClass> = new Set(['blocked', 'rate_limited', 'internal'])
/** Column names under which earlier scrapers wrote a listing's address. */
const URL_COLUMNS = ['url', 'listing_url']

/** Harvests every listing of the list file, and ends the process as the scraper contract says. */
export function scrapeDetails<C extends string = never>(site: DetailSite<C>): Promise<void> {
  return scrape(site, (run) => harvest(site, run))
}

async function harvest<C extends string>(site: DetailSite<C>, run: Run) {
  const { settings, report } = run
  const urls = readUrls(required(run.env, 'SCRAPER_URL_LIST_FILE'))
  const { bytes } = readCheckpoint(settings.stateFile)
  const sheet = sheetOf(site, settings.keepContacts)
  const keep = keepable(settings.outputFile, sheet.columns, bytes)
  const output = new CsvOutput(settings.outputFile, sheet.columns, 'url', keep)
  const goneFile = new GoneFile(settings.outputFile, keep > 0)
  const coverage = new Coverage(sheet.columns)
  let skipped: Failure | undefined
  let failures = 0

  for (const [index, url] of urls.entries()) {
    if (output.has(url)) continue
    try {
      const found = await listing(site, url, run)
      if ('gone' in found) {
        goneFile.add(url, found.gone)
        report.count('vanished')
      } else coverage.add(output.append([sheet.finish({ ...found.row, url })]))
      failures = 0
    } catch (thrown) {
      failures += 1
      skipped = asFailure(thrown)
      skip(skipped, failures, run)
    }
    report.state({ bytes: output.bytes, next: index + 2, total: urls.length })
    report.progress({ page: index + 1, pages: urls.length, items: output.rows, expected: urls.length })
  }
  output.close()
  coverage.tell(report)
  if (skipped && output.rows === 0) throw skipped
  return { rows: output.rows, complete: !skipped }
}

/** One page that stays broken does not cost the harvest; it is left out and counted. */
function skip(failure: Failure, failures: number, { report }: Run): void {
  if (NOT_OF_ONE_PAGE.has(failure.class) || failures >= MAX_FAILURES_IN_A_ROW) throw failure
  report.count('skipped')
  report.log('warn', `left out: ${failure.message}`)
}

type Answer<C extends string> = { row: Row<ListingColumn | C> } | { gone: number }

/**
 * The row of one listing, or the HTTP status (0: none) with which it is gone: by the status, by what the page says, or by a redirect to
 * a list or to the home page. Of which form an address is that the list itself gave means nothing.
 */
async function listing<C extends string>(
  site: DetailSite<C>,
  url: string,
  { client, report }: Run,
): Promise<Answer<C>> {
  const asked = webUrl(url)
  const page = await client.page(asked).catch((thrown: unknown) => {
    if (thrown instanceof Failure && thrown.class === 'not_found') return thrown.http ?? 404
    throw thrown
  })
  if (typeof page === 'number') return { gone: page }
  if (site.gone?.(page)) return { gone: 0 }
  if (isElsewhere(site, asked, page.url)) {
    if (isWall(page.html)) throw unreadable(page)
    return { gone: 0 }
  }
  const row = readPage(page, site.strategies, report)
  if (!row) throw unreadable(page)
  return { row }
}

/** Whether a redirect led from a listing to a list, to the home page, or to another listing beside it. */
function isElsewhere<C extends string>(site: DetailSite<C>, asked: URL, led: URL): boolean {
  if (leadsToSame(asked, led)) return false
  if (led.pathname === '/' || site.lists.test(led.pathname)) return true
  const key = keyInAddress(asked.href)
  return key !== undefined && !led.href.includes(key) && dirname(led.pathname) === dirname(asked.pathname)
}

/** The distinct addresses of the main scraper's output, in its order. */
function readUrls(path: string): string[] {
  let rows: Record<string, string>[]
  try {
    rows = parse(readFileSync(path), { columns: true, bom: true, skip_empty_lines: true })
  } catch (cause) {
    throw new Failure('input', `${path} cannot be read as the main scraper's CSV; run the main task again`, {
      cause,
    })
  }
  const column = URL_COLUMNS.find((name) => rows[0] && name in rows[0])
  if (rows.length > 0 && !column) {
    throw new Failure('input', `${path} has none of the columns ${URL_COLUMNS.join(', ')}`)
  }
  return [...new Set(rows.map((row) => row[column ?? ''] ?? '').filter(Boolean))]
}
