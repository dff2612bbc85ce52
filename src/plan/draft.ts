import type { Config } from '../domain/config.ts'
import { outputPath } from '../domain/paths.ts'
import type { PlannedTask } from '../domain/plan.ts'
import { inWorkspace } from './place.ts'
import type { WholeRow } from './row.ts'
import { pageOf } from './url.ts'

export interface Place {
  file: string
  line: number
}

/** All rows of one site, city, operation and product. */
export interface Group {
  /** `Inm24 / Zap / Ven / Cas` */
  name: string
  first: Place
  /** How many URLs it has: the nth one is variant n. */
  urls: number
  /** Those of its pages that stood in another group first, and where they stand in this one. */
  shared: Map<string, Place>
}

/** Where a page stands first. */
interface First extends Place {
  group: Group
}

/** What a row's place in the lists makes of it. */
export interface Entry {
  group: Group
  variant: number
  order_num: number
  /** Where another combination has the same page. */
  also: First | undefined
}

/** The tasks of a plan as they come to light, over all lists. */
export class Draft {
  readonly tasks: PlannedTask[] = []
  readonly #pages = new Map<string, First>()
  readonly #groups = new Map<string, Group>()
  readonly #orderNums = new Map<string, number>()
  readonly #batch: { month_year: string; execution_number: number }
  readonly #data: string

  constructor(config: Config, batch: { month_year: string; execution_number: number }) {
    this.#batch = batch
    this.#data = inWorkspace(config, config.paths.data)
  }

  /** Takes note of a row; where its URL was there before, only says where. */
  enter(row: WholeRow, file: string): Entry | { repeats: Place } {
    const group = this.#group(row, file)
    const page = pageOf(row.url)
    const first = this.#pages.get(page)
    const repeats = first?.group === group ? first : group.shared.get(page)
    if (repeats !== undefined) return { repeats }
    if (first) group.shared.set(page, { file, line: row.line })
    else this.#pages.set(page, { file, line: row.line, group })
    const order_num = (this.#orderNums.get(row.site.code) ?? 0) + 1
    this.#orderNums.set(row.site.code, order_num)
    return { group, variant: ++group.urls, order_num, also: first }
  }

  /** Plans an entered row: the main task and, right after it, the detail task that it feeds. */
  plan(row: WholeRow, entry: Entry): void {
    const { scraper, detail_scraper } = row.site
    const main = this.tasks.push(this.#task(row, entry, scraper, detail_scraper !== null, null)) - 1
    if (detail_scraper !== null) this.tasks.push(this.#task(row, entry, detail_scraper, false, main))
  }

  #task(
    { site, city, operation, product, url }: WholeRow,
    { variant, order_num }: Entry,
    scraper_name: string,
    feedsDetail: boolean,
    depends_on: number | null,
  ): PlannedTask {
    const combination = { website: site.code, city, operation, product, variant }
    // A join makes one flat string; a million of concatenated ones keep the collector busy with their pieces.
    const output_path = [this.#data, outputPath(combination, this.#batch, feedsDetail)].join('/')
    return {
      scraper_name,
      website: site.code,
      city,
      operation,
      product,
      variant,
      url,
      order_num,
      output_path,
      depends_on,
    }
  }

  #group({ site, city, operation, product, line }: WholeRow, file: string): Group {
    const name = `${site.code} / ${city} / ${operation} / ${product}`
    const known = this.#groups.get(name)
    if (known !== undefined) return known
    const group: Group = { name, first: { file, line }, urls: 0, shared: new Map() }
    this.#groups.set(name, group)
    return group
  }
}
