import type { Config } from '../domain/config.ts'
import { outputPath } from '../domain/paths.ts'
import type { PlannedTask } from '../domain/plan.ts'
import { inWorkspace } from './place.ts'
import type { WholeRow } from './row.ts'

export interface Place {
  file: string
  line: number
}

/** All rows of one site, city, operation and product. */
export interface Group {
  /** `Inm24 / Zap / Ven / Cas` */
  name: string
  first: Place
  /** URL → where it stood first. The nth URL is variant n. */
  urls: Map<string, Place>
}

/** The tasks of a plan as they come to light, over all lists. */
export class Draft {
  readonly tasks: PlannedTask[] = []
  readonly #groups = new Map<string, Group>()
  readonly #places = new Map<string, number>()
  readonly #batch: { month_year: string; execution_number: number }
  readonly #data: string

  constructor(config: Config, batch: { month_year: string; execution_number: number }) {
    this.#batch = batch
    this.#data = inWorkspace(config, config.paths.data)
  }

  /** Takes note of a row's URL: the place that it repeats, or which variant of its group it is. */
  enter(
    row: WholeRow,
    file: string,
  ): { repeats: Place } | { group: Group; variant: number; order_num: number } {
    const group = this.#group(row, file)
    const repeats = group.urls.get(row.url)
    if (repeats !== undefined) return { repeats }
    group.urls.set(row.url, { file, line: row.line })
    const order_num = (this.#places.get(row.site.code) ?? 0) + 1
    this.#places.set(row.site.code, order_num)
    return { group, variant: group.urls.size, order_num }
  }

  /** The tasks of an entered row: the main one and, right after it, the detail task that it feeds. */
  plan({ site, city, operation, product, url }: WholeRow, variant: number, order_num: number): void {
    const combination = { website: site.code, city, operation, product, variant }
    const feedsDetail = site.detail_scraper !== null
    const add = (scraper_name: string, urlsOnly: boolean, depends_on: number | null) => {
      const output_path = `${this.#data}/${outputPath(combination, this.#batch, urlsOnly)}`
      this.tasks.push({ scraper_name, ...combination, url, order_num, output_path, depends_on })
    }
    add(site.scraper, feedsDetail, null)
    if (site.detail_scraper !== null) add(site.detail_scraper, false, this.tasks.length - 1)
  }

  #group({ site, city, operation, product, line }: WholeRow, file: string): Group {
    const name = `${site.code} / ${city} / ${operation} / ${product}`
    const known = this.#groups.get(name)
    if (known !== undefined) return known
    const group: Group = { name, first: { file, line }, urls: new Map() }
    this.#groups.set(name, group)
    return group
  }
}
