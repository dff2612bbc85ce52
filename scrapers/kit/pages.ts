import type { Client } from './client.ts'
import type { End } from './ending.ts'
import type { ListSite } from './site.ts'
import type { Seen, Sweep } from './sweep.ts'

/** One pass over the pages of a list, from where it stands. */
export async function sweepPages<C extends string>(sweep: Sweep<C>): Promise<End> {
  const { site, list, at, run } = sweep
  const form = await allowedForm(site, list, run.client)
  const first = form(list, 1) ?? list
  const end: End = {}
  while (at.next !== null && at.next <= run.settings.maxPages) {
    const shown = at.next
    const url = await addressOf(list, at.link, form(list, shown), run.client)
    if (!url) {
      end.stopped = 'robots'
      break
    }
    const isRefused = at.refused !== null && shown >= at.refused
    if (isRefused) at.next = null
    else {
      const found = await sweep.read({ url, first, number: shown, counted: at.total })
      if (found.isCap) at.refused = shown
      end.isAstray = shown > 1 && found.redirectedTo !== undefined && found.rows.length === 0
      at.total = found.total ?? at.total
      at.next = isLast(site, found) ? null : shown + 1
      at.link = found.next?.href ?? null
    }
    sweep.save(shown)
  }
  if (at.next !== null) end.stopped ??= 'max_pages'
  return end
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

/**
 * The end of a list or a band: the site says so, or a page is not full or tells nothing new. Its counter ends nothing:
 * one that counts too few would cost listings, and one request more tells.
 */
export function isLast<C extends string>(
  site: ListSite<C>,
  { rows, shown = rows.length, last, fresh }: Seen<C>,
): boolean {
  return last === true || shown < site.full_from || fresh === 0
}
