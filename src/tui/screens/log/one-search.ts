import type { LogMatches } from '../../../domain/logs.ts'
import { LogSearch, type SearchListener, type Seek } from './search.ts'
import type { SearchView } from './view.ts'

type Find = (text: string, from: number) => Promise<LogMatches>

/** The search of a log: there is one at a time, or none. */
export class OneSearch {
  private readonly listener: Omit<SearchListener, 'show'> & { show(view: SearchView | null): void }
  private search: LogSearch | null = null

  constructor(listener: OneSearch['listener']) {
    this.listener = listener
  }

  /** What is searched for; undefined: nothing. */
  get text(): string | undefined {
    return this.search?.text
  }

  /** Looks for a text in the place of what was looked for, and goes to the first match from there on. */
  begin(text: string, find: Find, from: number): void {
    this.drop()
    this.search = new LogSearch(text, find, this.listener)
    this.listener.show({ text, count: 0, done: false, at: null })
    this.search.seek('nearest', from)
  }

  seek(seek: Seek, from: number): void {
    this.search?.seek(seek, from)
  }

  /** Calls off the way to a match. */
  stay(): void {
    this.search?.stay()
  }

  /** Searches what was written meanwhile. */
  goOn(): void {
    void this.search?.goOn()
  }

  drop(): void {
    this.close()
    this.search = null
    this.listener.show(null)
  }

  close(): void {
    this.search?.close()
  }
}
