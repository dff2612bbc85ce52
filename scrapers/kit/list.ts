import { readCheckpoint, START } from './checkpoint.ts'
import type { Client } from './client.ts'
import { CsvOutput, keepable } from './csv-output.ts'
import { Failure } from './failure.ts'
import { readPage, unreadable } from './reading.ts'
import type { Report } from './report.ts'
import { scrape, type Run } from './scrape.ts'
import { required, webUrl } from './settings.ts'
import type { Found, ListSite } from './site.ts'

type Listed = 'id' | 'url'

/** Harvests the list that the environment names, and ends the process as the scraper contract says. */
export function scrapeList<C extends string>(site: ListSite<C | Listed>): Promise<void> {
  return scrape(site.challenge, (run) => harvest(site, run))
}

async function harvest<C extends string>(site: ListSite<C | Listed>, run: Run) {
  const { settings, client, report } = run
  const list = webUrl(required(run.env, 'SCRAPER_INPUT_URL'))
  const kept = readCheckpoint(settings.stateFile)
  const keep = keepable(settings.outputFile, site.columns, kept.bytes)
  let { next, total } = keep > 0 ? kept : START
  const output = new CsvOutput<C | Listed>(settings.outputFile, site.columns, 'id', keep)
  const form = await allowedForm(site, list, client)
  const lastPage = settings.maxPages

  while (next !== null && next <= lastPage) {
    const url = form(list, next)
    if (!url || !(await client.allows(url))) break
    const found = await listings(site, url, next, {
      client,
      report,
      wanted: wanted(site, output.rows, total),
    })
    const fresh = output.append(found.rows)
    total = found.total ?? total
    const shown = next
    next = isLast(site, found.rows.length, fresh, output.rows, total) ? null : next + 1
    report.state({ bytes: output.bytes, next, total })
    report.progress({
      page: shown,
      pages: total === null ? undefined : Math.min(Math.ceil(total / site.page_size), lastPage),
      items: output.rows,
      expected: total ?? undefined,
    })
  }
  output.close()
  if (next !== null) {
    report.log('info', `page ${next} of ${list.href} is not asked for: over the limit, or robots.txt`)
  }
  const hidden = (total ?? 0) > Math.max(site.reachable ?? Infinity, output.rows)
  return { rows: output.rows, complete: next === null && !hidden }
}

/** The best form of which robots.txt allows a second page; failing that, a first one. */
async function allowedForm<C extends string>(site: ListSite<C>, list: URL, client: Client) {
  for (const page of [2, 1]) {
    for (const form of site.forms) {
      const url = form(list, page)
      if (url && (await client.allows(url))) return form
    }
  }
  throw new Failure('config', `robots.txt of ${list.host} disallows ${list.href}; take it from the list`, {
    url: list,
  })
}

/** How many more listings there should be; undefined when the site does not say. */
function wanted<C extends string>(site: ListSite<C>, have: number, total: number | null): number | undefined {
  return total === null ? undefined : Math.min(total, site.reachable ?? Infinity) - have
}

interface Reading {
  client: Client
  report: Report
  wanted: number | undefined
}

/** The listings of one page; none when the list ended before it. */
async function listings<C extends string>(
  site: ListSite<C | Listed>,
  url: URL,
  number: number,
  { client, report, wanted: more }: Reading,
): Promise<Found<C | Listed>> {
  const nothing = { rows: [] }
  try {
    const page = await client.page(url)
    const found = readPage(page, site.strategies, report)
    const rows = found?.rows.filter((row) => row.id !== undefined) ?? []
    if (rows.length > 0 || found?.total === 0) return { rows, total: found?.total }
    if (number === 1 || (!found && (more ?? 0) > 0)) throw unreadable(page, site.challenge)
    return nothing
  } catch (thrown) {
    if (number > 1 && thrown instanceof Failure && thrown.class === 'not_found') return nothing
    throw thrown
  }
}

/** The list's end: all that the site counts is there, or a page is not full or tells nothing new. */
function isLast<C extends string>(
  site: ListSite<C>,
  shown: number,
  fresh: number,
  have: number,
  total: number | null,
): boolean {
  return shown < site.full_from || fresh === 0 || have >= (total ?? Infinity)
}
