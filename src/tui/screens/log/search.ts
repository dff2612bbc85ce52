import type { LogMatches } from '../../../domain/logs.ts'
import type { SearchView } from './view.ts'

/** More matches serve nobody, and each takes memory. */
const MOST = 100_000

/** `nearest`: at `from` or after it, else the last before it. */
export type Seek = 'next' | 'previous' | 'nearest'

/** Whoever is told how the search goes. */
export interface SearchListener {
  show(view: SearchView): void
  /** The match that was asked for, as the offset of its line. */
  found(offset: number): void
  /** There is none. */
  nothing(text: string): void
  error(thrown: unknown): void
}

/** Looks for a text through a whole log, piece by piece from its beginning, and remembers where it stands. */
export class LogSearch {
  readonly text: string
  private readonly find: (text: string, from: number) => Promise<LogMatches>
  private readonly listener: SearchListener
  private readonly offsets: number[] = []
  private next = 0
  private ends = false
  private at: number | null = null
  private goal: { seek: Seek; from: number } | null = null
  private running = false
  private closed = false

  constructor(
    text: string,
    find: (text: string, from: number) => Promise<LogMatches>,
    listener: SearchListener,
  ) {
    this.text = text
    this.find = find
    this.listener = listener
  }

  /** Goes to a match as soon as it is known which that is. */
  seek(seek: Seek, from: number): void {
    this.goal = { seek, from }
    this.settle()
    void this.goOn()
  }

  /** Calls off what `seek` still waits for. */
  stay(): void {
    this.goal = null
  }

  /** Searches what has not been searched, also what was written meanwhile. */
  async goOn(): Promise<void> {
    if (this.running || this.full) return
    this.running = true
    try {
      do await this.piece()
      while (!this.closed && !this.ends && !this.full)
    } catch (error) {
      if (!this.closed) this.listener.error(error)
    } finally {
      this.running = false
    }
  }

  close(): void {
    this.closed = true
  }

  private get full(): boolean {
    return this.offsets.length >= MOST
  }

  private async piece(): Promise<void> {
    const { lines, next, end } = await this.find(this.text, this.next)
    if (this.closed) return
    for (const offset of lines.slice(0, MOST - this.offsets.length)) this.offsets.push(offset)
    this.next = next
    this.ends = end
    this.settle()
    this.show()
  }

  private settle(): void {
    if (!this.goal) return
    const at = this.matchFor(this.goal)
    if (at === undefined) return
    this.goal = null
    if (at === null) return this.listener.nothing(this.text)
    this.at = at
    this.show()
    this.listener.found(this.offsets[at] ?? 0)
  }

  /** Undefined: not known yet; null: there is none. */
  private matchFor({ seek, from }: { seek: Seek; from: number }): number | null | undefined {
    const done = this.ends || this.full
    const count = this.offsets.length
    const after = this.offsets.findIndex((offset) => (seek === 'next' ? offset > from : offset >= from))
    const before = (after === -1 ? count : after) - 1
    if (done && count === 0) return null
    if (seek === 'previous') {
      const known = done || this.next > from
      if (known && before >= 0) return before
      return done ? count - 1 : undefined
    }
    if (after !== -1) return after
    if (!done) return undefined
    return seek === 'next' ? 0 : count - 1
  }

  private show(): void {
    this.listener.show({
      text: this.text,
      count: this.offsets.length,
      done: this.ends || this.full,
      at: this.at,
    })
  }
}
