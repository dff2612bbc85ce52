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
  /** How its lists are split, by the configuration, and whether its scraper can split them by price. */
  split: 'price' | null
  splittable: boolean
  /** How many planned addresses have no sorted form, of how many. */
  unsortable_urls: number
  urls: number
}

interface About {
  page_size: number
  split?: { price?: { pages: number } }
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
    const split = config.sites[site]?.split ?? null
    const splittable = about.split?.price !== undefined
    const facts = { as_of, unsorted_pages, unsorted_listings, sorted, reachable, split, splittable }
    found.push({ site, scraper, ...facts, unsortable_urls, urls: own.length })
  }
  return found
}

/** What is wrong with `split` of the sites: each whose scraper does not declare that it can. */
export async function splitFaults(config: Config): Promise<string[]> {
  const faults: string[] = []
  for (const [code, { split, scraper, enabled }] of Object.entries(config.sites)) {
    if (split === null || !enabled) continue
    const about = await aboutOf(config, scraper)
    if (about?.split?.[split]) continue
    const declares = `${scraper}.about.json beside its scraper declares no such lists`
    faults.push(
      `sites.${code}.split: lists of ${code} cannot be split by ${split} (${declares}); take it out`,
    )
  }
  return faults
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
  const { site, as_of, unsorted_pages, unsorted_listings, unsortable_urls, urls } = reach
  const left = `${site}: robots.txt (${as_of}) leaves pages 1-${unsorted_pages} of an unsorted list, ${count(unsorted_listings)} listings`
  const rest =
    unsortable_urls > 0
      ? `${count(unsortable_urls)} of ${count(urls)} addresses have no sorted form and end there at the latest`
      : 'every address has that form'
  return `${left}; ${wayText(reach)}; ${rest}`
}

function wayText({ site, scraper, sorted, reachable, split, splittable }: Reach): string {
  const form = `${scraper} asks for the sorted one (…${sorted}-pagina-N.html), which it allows`
  if (split !== null) return `${form}, in bands by ${split} of about ${count(reachable)} listings each`
  const advice = splittable ? ` (longer lists as a whole: set sites.${site}.split: price)` : ''
  return `${form}; the portal shows at most ${count(reachable)} listings of each list${advice}`
}
