import type { Duration } from '../domain/store.ts'

/** How long a task may be expected to take; one object for all of a combination. */
export interface Expectation {
  site: string
  /** The mean of the same combination in earlier batches; null where there is none. */
  minutes: number | null
  /** Minutes²; null where it took place but once. */
  variance: number | null
}

/** The mean of what a site's tasks took. */
export interface SiteMean {
  minutes: number
  /** Minutes²; null where there is but one to go by. */
  variance: number | null
  /** In earlier batches, or in this one. */
  from: 'site' | 'pace'
}

export interface Expectations {
  learn(history: readonly Duration[]): void
  observe(site: string, minutes: number): void
  of(task: Omit<Duration, 'minutes' | 'variance'>): Expectation
  /** Undefined where nothing of the site was ever seen, nor of any other. */
  ofSite(site: string): SiteMean | undefined
}

/** Mean and deviation of numbers that come one by one. */
class Mean {
  #count = 0
  #mean = 0
  #squares = 0

  add(number: number): void {
    this.#count += 1
    const off = number - this.#mean
    this.#mean += off / this.#count
    this.#squares += off * (number - this.#mean)
  }

  as(from: SiteMean['from']): SiteMean | undefined {
    if (this.#count === 0) return undefined
    const variance = this.#count > 1 ? this.#squares / this.#count : null
    return { minutes: this.#mean, variance, from }
  }
}

export function createExpectations(): Expectations {
  let known = new Map<string, Expectation>()
  let sites = new Map<string, Mean>()
  const seen = new Map<string, Mean>()
  const seenAnywhere = new Mean()

  return {
    learn(history) {
      known = new Map(
        history.map(({ minutes, variance, ...of }) => [
          combination(of),
          { site: of.website, minutes, variance },
        ]),
      )
      sites = new Map()
      for (const { website, minutes } of history) meanOf(sites, website).add(minutes)
    },
    observe(site, minutes) {
      meanOf(seen, site).add(minutes)
      seenAnywhere.add(minutes)
    },
    of(task) {
      const key = combination(task)
      const expectation = known.get(key) ?? { site: task.website, minutes: null, variance: null }
      known.set(key, expectation)
      return expectation
    },
    ofSite: (site) => sites.get(site)?.as('site') ?? seen.get(site)?.as('pace') ?? seenAnywhere.as('pace'),
  }
}

function meanOf(means: Map<string, Mean>, site: string): Mean {
  const own = means.get(site) ?? new Mean()
  means.set(site, own)
  return own
}

/** What tasks that take about as long as each other have in common. */
export function combination(of: Omit<Duration, 'minutes' | 'variance'>): string {
  return [of.scraper_name, of.website, of.city, of.operation, of.product].join('/')
}
