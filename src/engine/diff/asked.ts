import { type Combination } from '../../domain/codes.ts'
import type { TaskFilter } from '../../domain/filter.ts'

/** Of what a filter may say, that which a combination is or is not. */
const WORDS = {
  scraper: 'scraper_name',
  site: 'website',
  city: 'city',
  operation: 'operation',
  product: 'product',
} as const
type Word = keyof typeof WORDS
const WORD_NAMES = Object.keys(WORDS) as Word[]

/**
 * What a batch was asked for. The words of its filter may be names, so that a combination is held against the codes that
 * its own tasks have too; of a batch whose request was not kept, sites without a task count as not requested.
 */
export class Asked {
  readonly #filter: TaskFilter | null
  readonly #seen: Readonly<Record<Word, Set<string>>> = {
    scraper: new Set(),
    site: new Set(),
    city: new Set(),
    operation: new Set(),
    product: new Set(),
  }

  /** @param filter as `Reads.askedOf` gives it */
  constructor(filter: TaskFilter | null) {
    this.#filter = filter
  }

  /** Every task of the batch must be told before anything is asked. */
  see(task: Combination): void {
    for (const word of WORD_NAMES) this.#seen[word].add(task[WORDS[word]])
  }

  /** @param of a combination of either batch, with its address there */
  has(of: Combination, url: string): boolean {
    if (this.#filter === null) return this.#seen.site.has(of.website)
    const { match } = this.#filter
    const fits = (word: Word) => {
      const wanted = this.#filter?.[word]
      return wanted === undefined || wanted === of[WORDS[word]] || this.#seen[word].has(of[WORDS[word]])
    }
    return WORD_NAMES.every(fits) && (match === undefined || url.toLowerCase().includes(match.toLowerCase()))
  }

  /** To what it was restricted; null: to nothing, as far as the other batch shows. */
  only(other: Asked): string | null {
    if (this.#filter === null) {
      const lacks = other.#seen.site.difference(this.#seen.site)
      return lacks.size > 0 ? [...this.#seen.site].toSorted().join(', ') : null
    }
    const { match } = this.#filter
    const words = ['site', 'scraper', 'city', 'operation', 'product'] as const
    const said = words.flatMap((word) => this.#filter?.[word] ?? [])
    if (match !== undefined) said.push(`"${match}"`)
    return said.length > 0 ? said.join(' ') : null
  }
}
