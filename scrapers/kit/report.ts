import type { Failure } from './failure.ts'

export interface Progress {
  page: number
  pages?: number | undefined
  items: number
  expected?: number | undefined
}

/** What a harvest believes it delivered. The optional facts say how whole the list is, and why it may not be. */
export interface Outcome {
  rows: number
  complete: boolean
  /** The portal's own count of the list. */
  expected?: number | undefined
  /** Why it ended before the list did. `cap`: the portal shows no more of it. */
  stopped_by?: 'max_pages' | 'robots' | 'cap' | undefined
  /** How many listings of the list the portal shows at most. */
  cap?: number | undefined
  /** Cards read in all, and those among them whose listing had been read before: each may stand where another was. */
  cards?: number | undefined
  repeats?: number | undefined
  /** About how many listings of the list were not seen. */
  unseen?: number | undefined
  /** How many listings have no price, so that a list split by price does not show them. */
  unpriced?: number | undefined
  /** Where the list's address led, when it redirected to another host or path. */
  redirected_to?: URL | undefined
}

/** What a scraper says to the engine: the messages of the scraper contract, one JSON object a line. */
export class Report {
  readonly #write: (line: string) => void
  readonly #metrics = new Map<string, number>()
  /** Whether each page is told of: for whoever looks into recorded pages. A log line to everyone else. */
  tellsPages = false

  constructor(write: (line: string) => void) {
    this.#write = write
  }

  progress(progress: Progress): void {
    this.#send('progress', progress)
  }

  /** Everything up to here is in the output file; the engine keeps `value` for the next attempt. */
  state(value: object): void {
    this.#send('state', { value })
  }

  /** How a page was read. @param strategy null: no way to read it is known */
  page(url: URL, strategy: string | null): void {
    if (this.tellsPages) this.#send('page', { url, strategy })
  }

  log(level: 'info' | 'warn', message: string): void {
    this.#send('log', { level, message })
  }

  error(failure: Failure): void {
    const { class: failureClass, message, url, http, retryAfter } = failure
    this.#send('error', { class: failureClass, message, url, http, retry_after: retryAfter })
  }

  result(outcome: Outcome): void {
    this.#send('result', outcome)
  }

  /** Adds to a number that is reported once, by `metrics`. */
  count(name: string, by = 1): void {
    this.#metrics.set(name, (this.#metrics.get(name) ?? 0) + by)
  }

  metrics(): void {
    for (const [name, value] of this.#metrics) this.#send('metric', { name, value })
  }

  #send(type: string, fields: object): void {
    this.#write(`${JSON.stringify({ scraper: 1, type, ...fields })}\n`)
  }
}
