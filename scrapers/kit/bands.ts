import type { End } from './ending.ts'
import { Failure } from './failure.ts'
import { isLast } from './pages.ts'
import type { Run } from './scrape.ts'
import type { Bands, ListSite } from './site.ts'
import type { Seen, Sweep } from './sweep.ts'

/** Prices at the end of a page of which the lowest is taken: one that stands out of the order leaves no gap. */
const LAST_PRICES = 3

/**
 * How a list is split by price, where the operator wants that; undefined: it is not.
 * @throws Failure `config` where the site or its robots.txt has no such lists
 */
export async function bandsOf<C extends string>(
  site: ListSite<C>,
  list: URL,
  { settings, client, report }: Run,
): Promise<Bands | undefined> {
  if (settings.split === undefined) return undefined
  const { bands } = site
  if (!bands) {
    const message = `no list of ${list.host} can be split by price; take split out of its site in zafra.yaml`
    throw new Failure('config', message, { url: list })
  }
  const form = bands.form(list, 1, 1)
  if (!form) {
    report.log('warn', `${list.href} has no form by price, and is not split`)
    return undefined
  }
  if (!(await client.allows(form))) throw await client.disallowed(form)
  return bands
}

/**
 * One pass over a list that shows but a few pages, cut into bands by price: as many pages of the listings from a price on,
 * the cheapest first, as the portal shows; then from the highest of them on, until a band ends. The first page of the whole
 * list tells how many there are, those without a price among them. Bands share the listings where they meet.
 */
export async function sweepBands<C extends string>(sweep: Sweep<C>, bands: Bands): Promise<End> {
  const { list, at, run } = sweep
  if (at.floor === null) await count(sweep, bands)
  const pageOf = (number: number) => bands.form(list, at.floor ?? 0, number) ?? list
  while (at.next !== null && at.read < run.settings.maxPages) {
    const number = at.next
    const counted = at.floor === 0 ? at.priced : null
    const found = await sweep.read({ url: pageOf(number), first: pageOf(1), number, counted })
    const prices = pricesIn(found)
    if (number === 1) begin(sweep, found, prices)
    if (prices.length > 0) at.top = Math.min(...prices.slice(-LAST_PRICES))
    const isOver = isLast(sweep.site, found)
    if (found.isCap) at.refused = number
    const pages = Math.min(bands.pages, (at.refused ?? Infinity) - 1)
    const goesOn = number < pages && !isOver && (await run.client.allows(pageOf(number + 1)))
    if (goesOn) at.next = number + 1
    else if (isOver && !found.isCap) at.next = null
    else ascend(sweep, Math.max(...prices, 0))
    sweep.save(at.read)
  }
  return { isSplit: true, ...(at.next !== null && { stopped: 'max_pages' }) }
}

/** What the portal counts of the whole list, on its first page, whose listings count as well. */
async function count<C extends string>(sweep: Sweep<C>, { whole }: Bands): Promise<void> {
  const { list, at, run } = sweep
  const url = whole(list)
  if (await run.client.allows(url)) {
    const found = await sweep.read({ url, first: url, number: 1, counted: null })
    at.total = found.total ?? null
  }
  sweep.turnTo(0)
  sweep.save(at.read)
}

/** The first page of a band. @throws Failure `config` where the portal shows what is below the band */
function begin<C extends string>({ at, list }: Sweep<C>, { total }: Seen<C>, prices: number[]): void {
  const { floor } = at
  if (!floor) {
    at.priced = total ?? at.priced
    return
  }
  const below = prices.filter((price) => price < floor)
  if (below.length * 2 <= prices.length) return
  const message = `${list.host} does not heed a least price, so its lists cannot be split by it; take split out of its site in zafra.yaml`
  throw new Failure('config', message, { url: list })
}

/** On to the band that begins where this one ended. @param highest price on its last page; 0: none has one in pesos */
function ascend<C extends string>(sweep: Sweep<C>, highest: number): void {
  const { at, list, run } = sweep
  const floor = at.floor ?? 0
  // One peso less: "more than" may or may not mean the price itself.
  const next = [(at.top ?? 0) - 1, highest - 1].find((price) => price > floor)
  if (next !== undefined) return sweep.turnTo(next)
  if (highest > 0 && highest + 1 > floor) {
    const message = `more listings of ${list.href} cost about ${highest} than a band shows; some of them are not seen`
    run.report.log('warn', message)
    return sweep.turnTo(highest + 1)
  }
  run.report.log(
    'warn',
    `no price in pesos leads on from ${floor} in ${list.href}; what is dearer is not seen`,
  )
  at.next = null
}

/** Prices in pesos, in the order of the page. */
function pricesIn<C extends string>({ rows }: Seen<C>): number[] {
  return rows.flatMap(({ precio, moneda }) =>
    typeof precio === 'number' && moneda !== 'USD' ? [Math.ceil(precio)] : [],
  )
}
