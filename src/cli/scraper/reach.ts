import { readFile } from 'node:fs/promises'
import type { Config } from '../../domain/config.ts'
import { reason, ZafraError } from '../../domain/error.ts'
import type { PlannedTask } from '../../domain/plan.ts'
import { scraperCommand } from '../../runner/command.ts'
import { BUILTIN_SCRAPERS } from '../package.ts'
import { count } from '../words.ts'

/** How far robots.txt of a site lets its scraper go, by what the scraper declares: nothing is fetched. */
export interface Reach {
  site: string
  scraper: string
  /** When robots.txt was looked at for the declaration, `YYYY-MM`. Each run reads it anew. */
  as_of: string
  /** Pages of an unsorted list that are allowed, and the listings on them. */
  unsorted_pages: number
  unsorted_listings: number
  /** What the address of a sorted list has more, which is allowed without an end. */
  sorted: string
  /** Listings of a list that the portal shows at most. */
  reachable: number
  /** How many planned addresses have no sorted form, of how many. */
  unsortable_urls: number
  urls: number
}

interface About {
  page_size: number
  reachable: number
  robots: { as_of: string; unsorted_pages: number; sorted: string; unsortable: string }
}

/** The reach of every planned main scraper that declares one, in `<name>.about.json` beside its program. */
export async function reachesOf(config: Config, tasks: readonly PlannedTask[]): Promise<Reach[]> {
  const mains = tasks.filter(({ depends_on }) => depends_on === null)
  const found: Reach[] = []
  for (const [site, own] of Map.groupBy(mains, ({ website }) => website)) {
    const scraper = own[0]?.scraper_name ?? ''
    const about = await aboutOf(config, scraper)
    if (!about) continue
    const { as_of, unsorted_pages, sorted, unsortable } = about.robots
    const unsortable_urls = own.filter(({ url }) => url.includes(unsortable)).length
    const unsorted_listings = unsorted_pages * about.page_size
    const { reachable } = about
    const facts = { as_of, unsorted_pages, unsorted_listings, sorted, reachable }
    found.push({ site, scraper, ...facts, unsortable_urls, urls: own.length })
  }
  return found
}

async function aboutOf(config: Config, scraper: string): Promise<About | undefined> {
  const program = scraperCommand(config, BUILTIN_SCRAPERS, scraper)?.args.at(-1)
  if (program === undefined) return undefined
  const path = program.replace(/\.\w+$/, '.about.json')
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as About
  } catch (cause) {
    throw new ZafraError('config', `${path} is no JSON (${reason(cause)}); mend it, or take it away`, {
      cause,
    })
  }
}

/** For a person. */
export function reachText(reach: Reach): string {
  const { site, scraper, as_of, unsorted_pages, unsorted_listings, sorted, reachable } = reach
  const { unsortable_urls, urls } = reach
  const left = `${site}: robots.txt (${as_of}) leaves pages 1-${unsorted_pages} of an unsorted list, ${count(unsorted_listings)} listings`
  const way = `${scraper} asks for the sorted one (…${sorted}-pagina-N.html), which it allows, of which the portal shows about ${count(reachable)}`
  const rest =
    unsortable_urls > 0
      ? `${count(unsortable_urls)} of ${count(urls)} addresses have no sorted form and end after page ${unsorted_pages}`
      : 'every address has that form'
  return `${left}; ${way}; ${rest}`
}
