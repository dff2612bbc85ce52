import { readCheckpoint, START } from './checkpoint.ts'
import type { Client } from './client.ts'
import { Coverage } from './coverage.ts'
import { CsvOutput, keepable } from './csv-output.ts'
import { listPage } from './list-page.ts'
import type { ListingColumn } from './listing.ts'
import type { Outcome, Report } from './report.ts'
import { scrape, type Run } from './scrape.ts'
import { required, webUrl } from './settings.ts'
import { sheetOf } from './sheet.ts'
import type { Found, ListSite } from './site.ts'

/** Counters of portals are estimates: a list with this share of what they count may well be whole. */
const WHOLE_FROM = 0.9

/** Harvests the list that the environment names, and ends the process as the scraper contract says. */
export function scrapeList<C extends string = never>(site: ListSite<C>): Promise<void> {
  return scrape(site, (run) => harvest(site, run))
}

async function harvest<C extends string>(site: ListSite<C>, run: Run) {
  const { settings, client, report } = run
  const list = webUrl(required(run.env, 'SCRAPER_INPUT_URL'))
  const sheet = sheetOf(site, settings.keepContacts)
  const kept = readCheckpoint(settings.stateFile)
  const keep = keepable(settings.outputFile, sheet.columns, kept.bytes)
  const start = keep > 0 ? kept : START
  let { next, total, link } = start
  const output = new CsvOutput(settings.outputFile, sheet.columns, 'id', keep)
  // A checkpoint of an earlier version counts none.
  let cards = Math.max(start.cards, output.rows)
  const coverage = new Coverage(sheet.columns)
  const form = await allowedForm(site, list, client)
  const lastPage = settings.maxPages
  const first = form(list, 1) ?? list
  let redirectedTo = URL.parse(start.redirected ?? '') ?? undefined
  let isCap = false
  let isAstray = false

  while (next !== null && next <= lastPage) {
    const url = await addressOf(list, link, form(list, next), client)
    if (!url) break
    const asked = { list, first, url, number: next, isElsewhere: redirectedTo !== undefined }
    const isMissed = output.rows < (total ?? 0) * WHOLE_FROM
    const found = await listPage(site, { ...asked, isMissed }, run)
    isCap = found.isCap === true
    isAstray = next > 1 && found.redirectedTo !== undefined && found.rows.length === 0
    if (found.redirectedTo) redirectedTo ??= noteRedirect(url, found.redirectedTo, report)
    const fresh = output.append(found.rows.map((row) => sheet.finish(row)))
    coverage.add(fresh)
    cards += found.rows.length
    total = found.total ?? total
    const shown = next
    next = isLast(site, found, fresh.length) ? null : next + 1
    link = found.next?.href ?? null
    const redirected = redirectedTo?.href
    report.state({ bytes: output.bytes, next, total, cards, ...(link !== null && { link }), redirected })
    report.progress({
      page: shown,
      pages: total === null ? undefined : Math.min(Math.ceil(total / site.page_size), lastPage),
      items: output.rows,
      expected: total ?? undefined,
    })
  }
  output.close()
  coverage.tell(report)
  return {
    ...ending(site, list, { next, total, have: output.rows, isCap, isAstray }, run),
    expected: total ?? undefined,
    cards,
    repeats: cards - output.rows,
    redirected_to: redirectedTo,
  }
}

/** The best form of which robots.txt allows a second page; failing that, a first one. */
async function allowedForm<C extends string>(site: ListSite<C>, list: URL, client: Client) {
  for (const page of [2, 1]) {
    for (const form of site.forms) {
      const url = form(list, page)
      if (url && (await client.allows(url))) return form
    }
  }
  throw await client.disallowed(
    site.forms.map((form) => form(list, 1)).find((url) => url !== undefined) ?? list,
  )
}

/** Where a page is: where the one before links to, if that may be asked, else where its number puts it. */
async function addressOf(list: URL, link: string | null, formed: URL | undefined, client: Client) {
  const linked = URL.parse(link ?? '')
  if (linked?.origin === list.origin && (await client.allows(linked))) return linked
  return formed && (await client.allows(formed)) ? formed : undefined
}

function noteRedirect(asked: URL, led: URL, report: Report): URL {
  report.log('warn', `${asked.href} redirects to ${led.href}: its rows may be of another list`)
  return led
}

/**
 * The list's end: the site says so, or a page is not full or tells nothing new. Its counter ends nothing: one that
 * counts too few would cost listings, and one request more tells.
 */
function isLast<C extends string>(
  site: ListSite<C>,
  { rows, shown = rows.length, last }: Found<ListingColumn | C>,
  fresh: number,
): boolean {
  return last === true || shown < site.full_from || fresh === 0
}

interface End {
  next: number | null
  total: number | null
  have: number
  isCap: boolean
  /** Whether its last page led elsewhere, so that nothing but the portal's count can tell that it ended. */
  isAstray: boolean
}

/** How much of the list was seen, and what ended it before its end. */
function ending<C extends string>(
  site: ListSite<C>,
  list: URL,
  { next, total, have, isCap, isAstray }: End,
  { settings, report }: Run,
): Outcome {
  if (total !== null) report.count('expected', total)
  if (next !== null) {
    const reason = next > settings.maxPages ? 'max_pages' : 'robots'
    const why = reason === 'robots' ? 'robots.txt disallows it' : 'it is over the limit of pages'
    report.log('info', `page ${next} of ${list.href} is not asked for: ${why}`)
    return { rows: have, complete: false, stopped_by: reason }
  }
  if (isCap && have < (total ?? Infinity))
    return { rows: have, complete: false, stopped_by: 'cap', cap: have }
  const counted = total ?? have
  const cap = site.reachable ?? Infinity
  const capped = counted > Math.max(cap, have) && have >= cap * WHOLE_FROM
  if (have >= counted * WHOLE_FROM && !capped && !(isAstray && total === null))
    return { rows: have, complete: true }
  report.log('warn', `${list.host} counts ${counted} listings and shows ${have}: ${list.href}`)
  return { rows: have, complete: false, ...(capped && { stopped_by: 'cap', cap }) }
}
