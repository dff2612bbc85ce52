import { bandsOf, sweepBands } from './bands.ts'
import { ending } from './ending.ts'
import { sweepPages } from './pages.ts'
import { scrape, type Run } from './scrape.ts'
import { required, webUrl } from './settings.ts'
import type { ListSite } from './site.ts'
import { Sweep } from './sweep.ts'

/** Harvests the list that the environment names, and ends the process as the scraper contract says. */
export function scrapeList<C extends string = never>(site: ListSite<C>): Promise<void> {
  return scrape(site, (run) => harvest(site, run))
}

/** A pass over the list, and as many more as its repeats ask for. */
async function harvest<C extends string>(site: ListSite<C>, run: Run) {
  const list = webUrl(required(run.env, 'SCRAPER_INPUT_URL'))
  const bands = await bandsOf(site, list, run)
  const sweep = new Sweep(site, list, run)
  let end
  do {
    end = bands ? await sweepBands(sweep, bands) : await sweepPages(sweep)
  } while (sweep.passAgain())
  sweep.close()
  return ending(sweep, end)
}
