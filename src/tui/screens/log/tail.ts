import type { Clock } from '../../../domain/clock.ts'
import type { Engine } from '../../../domain/engine.ts'
import { reason } from '../../../domain/error.ts'
import type { Readable } from '../../readable.ts'
import { LogPages } from './pages.ts'
import { LogReading, type Wanted } from './reading.ts'
import { OneSearch } from './one-search.ts'
import type { Seek } from './search.ts'
import { Turns } from './turns.ts'
import type { Choice, LogListener, LogTarget, LogView, Look } from './view.ts'

const PACE_MS = 100
/** A way of more pages than this is one that the operator waits for. */
const PAGES_OF_A_WALK = 20

/** What the log screen does: goes through the log of an attempt, follows it, and searches it. */
export class LogTail {
  private readonly engine: Engine
  private readonly clock: Clock
  private readonly listener: LogListener
  private readonly pages: LogPages
  private readonly reading: LogReading
  private readonly search: OneSearch
  /** What is shown beside the lines. */
  private beside: Pick<LogView, 'task_id' | 'title' | 'attempts' | 'ended' | 'search' | 'mark' | 'looking'>
  private closed = false
  private cancelPoll = () => {}
  private fault: string | null = null
  private readonly turns: Turns
  /** Pages read since the last key. */
  private steps = 0

  constructor(
    parts: { engine: Engine; clock: Clock; readable: Readable },
    { id, title, attempt, at }: LogTarget,
    listener: LogListener,
  ) {
    this.engine = parts.engine
    this.clock = parts.clock
    this.listener = listener
    this.turns = new Turns((thrown) => listener.error(thrown))
    this.search = new OneSearch({
      show: (search) => this.set({ search }),
      found: (offset) => void this.jump(offset),
      nothing: (text) => listener.say(`no line has "${text}"`),
      error: (thrown) => listener.error(thrown),
    })
    this.pages = new LogPages(parts.engine, parts.readable, id)
    this.reading = new LogReading(
      this.pages,
      attempt,
      () => listener.shape(),
      () => this.step(),
    )
    this.beside = {
      task_id: id,
      title,
      attempts: null,
      ended: null,
      search: null,
      mark: null,
      looking: false,
    }
    this.show()
    void this.go(async (wanted) => {
      await this.reading.open(attempt, wanted)
      if (at === 'error') await this.toError(wanted)
    }).then(() => this.poll())
    void this.learn()
  }

  /** Moves by `rows`; reads on, or back, where what is in hand ends. */
  scroll(rows: number): Promise<void> {
    return this.go((wanted) => this.reading.scroll(rows, wanted))
  }

  /** Shows the first lines, or the last ones and what follows them. */
  goTo(end: 'start' | 'end'): Promise<void> {
    return this.go((wanted) => (end === 'end' ? this.reading.toEnd(wanted) : this.reading.toStart(wanted)))
  }

  /** Stays at the lines shown, or goes on with the newest. */
  toggleFollow(): Promise<void> {
    return this.go(async (wanted) => {
      if (this.reading.following) this.reading.hold()
      else await this.reading.toEnd(wanted)
    })
  }

  /** Shows other lines, from the same place on. */
  async choose(choice: Partial<Choice>): Promise<void> {
    const { text } = this.search
    await this.go((wanted) => this.reading.choose(choice, wanted))
    // What is counted are the matches in the lines of the stream shown.
    if (text !== undefined && text === this.search.text && 'stream' in choice) this.searchFor(text)
  }

  /** Shows the same lines otherwise. */
  dress(look: Partial<Look>): Promise<void> {
    return this.go((wanted) => {
      this.reading.dress(look)
      return this.reading.fill(wanted)
    })
  }

  /** Shows the log of another attempt. */
  async openAttempt(attempt: number): Promise<void> {
    const { text } = this.search
    await this.go(async (wanted) => {
      await this.reading.open(attempt, wanted)
      this.search.drop()
      this.set({ ended: null, mark: null })
    })
    if (text !== undefined && this.search.text === undefined) this.searchFor(text)
    await this.learn()
  }

  /** Looks for a text and goes to the first match from here on; '': for nothing any more. */
  searchFor(text: string): void {
    if (text === '') return this.search.drop()
    const { attempt, choice, topOffset } = this.reading
    const mark = this.search.text === undefined ? null : this.markShown()
    this.search.begin(text, (what, at) => this.pages.find(attempt, what, at, choice), mark ?? topOffset)
  }

  /** Goes to the next match from here, or the one before; round at the ends. */
  seek(seek: Seek): void {
    this.turns.leave()
    this.search.seek(seek, this.markShown() ?? this.reading.topOffset - 0.5)
  }

  /** Asks how many attempts there are by now. */
  async learn(): Promise<void> {
    try {
      const { attempts } = await this.engine.query({ type: 'task', id: this.beside.task_id })
      const last = attempts.at(-1)
      const shown = attempts.find(({ number }) => number === this.reading.attempt) ?? last
      this.set({ attempts: last?.number ?? null, ended: shown ? shown.ended_at !== null : null })
    } catch {
      // The log itself says what is wrong.
    }
  }

  close(): void {
    this.closed = true
    this.turns.close()
    this.search.close()
    this.cancelPoll()
  }

  private poll(): void {
    if (this.closed) return
    this.cancelPoll = this.clock.after(PACE_MS, () => {
      if (this.listener.held()) return this.poll()
      this.steps = 0
      void this.turns.join(() => this.keepUp()).then(() => this.poll())
      if (this.reading.following) this.search.goOn()
    })
  }

  /** What is wrong with the log is said once, not ten times a second. */
  private async keepUp(): Promise<void> {
    try {
      await this.reading.keepUp()
      this.fault = null
    } catch (error) {
      const fault = reason(error)
      if (fault !== this.fault) this.listener.error(error)
      this.fault = fault
    }
  }

  private async toError(wanted: Wanted): Promise<void> {
    const offset = await this.reading.lastError(wanted)
    if (offset === undefined) return this.reading.toEnd(wanted)
    this.set({ mark: offset })
    await this.reading.toLine(offset, wanted)
  }

  /** To a match; a key that came in the meantime has the last word. */
  private jump(offset: number): Promise<void> {
    return this.turns.join(async (wanted) => {
      if (!wanted()) return
      this.set({ mark: offset })
      await this.reading.toLine(offset, wanted)
      this.show()
    })
  }

  /** The line last gone to, where it is on the screen. */
  private markShown(): number | null {
    const { mark } = this.beside
    const from = this.reading.top.index
    const shown = this.reading.stretch.lines.slice(from, from + this.listener.shape().height)
    return shown.some(({ offset }) => offset === mark) ? mark : null
  }

  private go(job: (wanted: Wanted) => Promise<void>): Promise<void> {
    this.search.stay()
    return this.turns.go(async (wanted) => {
      this.steps = 0
      try {
        await job(wanted)
      } finally {
        this.set({ looking: false })
      }
    })
  }

  /** A page was read: a long way is told of. */
  private step(): void {
    this.steps += 1
    this.set({ looking: this.steps > PAGES_OF_A_WALK })
  }

  private set(beside: Partial<LogTail['beside']>): void {
    this.beside = { ...this.beside, ...beside }
    this.show()
  }

  private show(): void {
    if (this.closed) return
    const { attempt = null, choice, look, stretch, top, following } = this.reading
    this.listener.show({ ...this.beside, attempt, choice, look, top, following, lines: stretch.lines })
  }
}
