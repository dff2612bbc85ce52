import { readCheckpoint, START, type Checkpoint } from './checkpoint.ts'
import { Coverage } from './coverage.ts'
import { CsvOutput, keepable } from './csv-output.ts'
import { listPage, type ListPage } from './list-page.ts'
import type { ListingColumn } from './listing.ts'
import type { Run } from './scrape.ts'
import { sheetOf, type Sheet } from './sheet.ts'
import { MAX_PASSES, Sightings } from './sightings.ts'
import type { ListSite } from './site.ts'
import { unseenOf } from './unseen.ts'

/** Counters of portals are estimates: a list with this share of what they count may well be whole. */
export const WHOLE_FROM = 0.9
/** So small a share of listings may stay unseen without another pass. */
const ALMOST_NONE = 0.002
/** Of more rows a checkpoint cannot say which pass showed them: the engine reads lines of up to 64 KiB. */
const MAX_TRACKED = 50_000

/** Which page of a list is asked for, and what is known of the pages before it. */
export interface Turn {
  url: URL
  /** Address of the first page. */
  first: URL
  /** From 1. */
  number: number
  /** How many listings the portal counts on these pages. */
  counted: number | null
}

/** A page of the list, and how many of its listings no page before it had, in this pass or band. */
export type Seen<C extends string> = ListPage<ListingColumn | C> & { fresh: number }

/** All passes over one list, from where the attempt before left it: what they found is in the output file. */
export class Sweep<C extends string = never> {
  readonly site: ListSite<C>
  readonly list: URL
  readonly run: Run
  /** Where it stands. */
  readonly at: Checkpoint
  readonly #sheet: Sheet<ListingColumn | C>
  readonly #output: CsvOutput
  readonly #coverage: Coverage
  readonly #sightings: Sightings
  readonly #begun = Date.now()
  #asked = 0
  /** What the pages of this pass or band have shown. */
  #here: Set<string>

  constructor(site: ListSite<C>, list: URL, run: Run) {
    const { outputFile, stateFile, keepContacts } = run.settings
    this.site = site
    this.list = list
    this.run = run
    this.#sheet = sheetOf(site, keepContacts)
    const { columns } = this.#sheet
    const kept = readCheckpoint(stateFile)
    const keep = keepable(outputFile, columns, kept.bytes)
    this.at = { ...(keep > 0 ? kept : START) }
    this.#output = new CsvOutput(outputFile, columns, 'id', keep)
    // A checkpoint of an earlier version counts none.
    this.at.cards = Math.max(this.at.cards, this.rows)
    this.#coverage = new Coverage(columns)
    this.#sightings = new Sightings(this.#output.keys, this.at.seen)
    this.#here = new Set(this.at.floor === null ? this.#sightings.of(this.at.pass) : [])
  }

  get rows(): number {
    return this.#output.rows
  }

  /** About how many listings of the list were not seen; 0 where there are just as many as the portal counts. */
  get unseen(): number {
    const { pass, cards, repeats, total } = this.at
    if (this.rows === total) return 0
    const times = (passes: number) => this.#sightings.times(passes)
    // Bands overlap, and what they share is no repeat.
    const seen = pass === 1 ? cards - repeats : this.rows
    return unseenOf({ passes: pass, cards, seen, once: times(1), twice: times(2) })
  }

  async read({ url, first, number, counted }: Turn): Promise<Seen<C>> {
    const { site, list, run, at } = this
    const isMissed = this.#here.size < (counted ?? 0) * WHOLE_FROM
    const asked = { list, first, url, number, isElsewhere: at.redirected !== null, isMissed }
    const found = await listPage(site, asked, run)
    this.#asked += 1
    at.read += 1
    if (found.redirectedTo) this.#noteRedirect(url, found.redirectedTo)
    this.#coverage.add(this.#output.append(found.rows.map((row) => this.#sheet.finish(row))))
    let fresh = 0
    for (const key of found.rows.map(({ id }) => String(id))) {
      this.#sightings.add(key, at.pass)
      if (this.#here.has(key)) continue
      this.#here.add(key)
      fresh += 1
    }
    // A page that brings nothing but what was shown is how a portal answers past the end, and shuffles nothing.
    const isPastEnd = number > 1 && fresh === 0
    if (!isPastEnd) {
      at.cards += found.rows.length
      at.repeats += found.rows.length - fresh
    }
    return { ...found, fresh }
  }

  /** Pages from here on are of another band; what they have in common with those before is no repeat. */
  turnTo(floor: number): void {
    Object.assign(this.at, { floor, top: null, next: 1 })
    this.#here = new Set()
  }

  /** What was read up to here is never asked for again, whatever becomes of this attempt. */
  save(page: number): void {
    const { at, rows, run, site } = this
    at.bytes = this.#output.bytes
    at.seen = at.pass > 1 ? this.#sightings.digits : ''
    run.report.state(at)
    const pages = at.total === null ? undefined : Math.ceil(at.total / site.page_size)
    run.report.progress({
      page,
      pages: pages && Math.min(Math.max(pages, page), run.settings.maxPages),
      items: rows,
      expected: at.total ?? undefined,
    })
  }

  /**
   * Begins another pass where the one before may have missed listings: many of its cards repeat others, passes are left,
   * and so is time. One that brings nothing new is the last, as is one after which next to nothing is left.
   */
  passAgain(): boolean {
    const { at, run } = this
    const { report, settings } = run
    if (at.repeats <= at.cards * settings.repeatsLimit) return false
    // A recording holds each page once.
    if (settings.recordFolder !== undefined || settings.replayFolder !== undefined) return false
    const isAll = at.pass > 1 && this.#sightings.newIn(at.pass) === 0
    if (isAll || this.unseen <= this.rows * ALMOST_NONE) return false
    if (at.pass >= MAX_PASSES || this.rows > MAX_TRACKED || !this.#hasTime()) return false
    const share = Math.round((at.repeats / at.cards) * 100)
    const news = `${share} % of the cards of ${this.list.href} repeat; about ${this.unseen} listings not seen`
    report.log('info', `${news}: its pages are asked for again (pass ${at.pass + 1})`)
    Object.assign(at, { pass: at.pass + 1, read: 0, next: 1, link: null, top: null })
    if (at.floor !== null) at.floor = 0
    this.#here = new Set()
    return true
  }

  close(): void {
    this.#output.close()
    this.#coverage.tell(this.run.report)
    this.run.report.count('passes', this.at.pass)
  }

  /** Whether a pass like the last one fits before the deadline. */
  #hasTime(): boolean {
    const { deadline } = this.run.settings
    if (!deadline || this.#asked === 0) return true
    const passed = Date.now() - this.#begun
    return Date.now() + (passed / this.#asked) * this.at.read < deadline.getTime()
  }

  #noteRedirect(asked: URL, led: URL): void {
    if (this.at.redirected !== null) return
    this.at.redirected = led.href
    const message = `${asked.href} redirects to ${led.href}: its rows may be of another list`
    this.run.report.log('warn', message)
  }
}
