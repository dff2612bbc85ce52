import type { Clock } from '../domain/clock.ts'
import type { Engine } from '../domain/engine.ts'
import type { LogLine, LogStream } from '../domain/logs.ts'
import type { LogFrom } from '../domain/query.ts'
import type { Readable } from './readable.ts'

/** What of a log is in hand: a stretch of it without gaps, at most RING lines. */
export interface LogView {
  task_id: number
  title: string
  /** Null until the first page is there. */
  attempt: number | null
  lines: readonly LogLine[]
  /** Index in `lines` of the first line on the screen; while following, the last lines are shown. */
  top: number
  /** Whether new lines are shown as they come. */
  following: boolean
  /** Undefined: all of them. */
  stream: LogStream | undefined
  /** Bytes that the size cap cut out of this stretch. */
  dropped: number
}

/** Whoever is told what the log says. */
export interface LogListener {
  show(view: LogView): void
  error(thrown: unknown): void
  /** While true nothing is read: the terminal takes nothing. */
  held(): boolean
}

const RING = 5000
const LINE_CHARACTERS = 4096
const PAGE = 500
const PACE_MS = 100
const STREAMS = [undefined, 'out', 'err'] as const

/** The log of a task's last attempt: opens at its end and follows it until the operator scrolls back. */
export class LogTail {
  private readonly engine: Engine
  private readonly clock: Clock
  private readonly readable: Readable
  private readonly listener: LogListener
  private view: LogView
  private next = 0
  private closed = false
  private cancelPoll = () => {}
  /** One reading at a time, in the order asked for: two would leave a gap or a repetition. */
  private queue: Promise<void> = Promise.resolve()

  constructor(
    engine: Engine,
    clock: Clock,
    readable: Readable,
    task: { id: number; title: string },
    listener: LogListener,
  ) {
    this.engine = engine
    this.clock = clock
    this.readable = readable
    this.listener = listener
    this.view = {
      task_id: task.id,
      title: task.title,
      attempt: null,
      lines: [],
      top: 0,
      following: true,
      stream: undefined,
      dropped: 0,
    }
    listener.show(this.view)
    void this.goTo('end').then(() => this.poll())
  }

  /** Moves by `rows` on a screen of `height`; reads on, or back, where what is in hand ends. */
  scroll(rows: number, height: number): Promise<void> {
    return this.inTurn(async () => {
      let top = (this.view.following ? lastTop(this.view, height) : this.view.top) + rows
      if (top < 0) top += await this.prepend()
      if (top > lastTop(this.view, height)) top -= await this.append()
      this.set({ top: Math.max(0, Math.min(top, lastTop(this.view, height))), following: false })
    })
  }

  /** Shows the first lines, or the last ones and what follows them. */
  goTo(end: 'start' | 'end'): Promise<void> {
    return this.inTurn(() => this.replace(end))
  }

  /** Stays at the lines shown, or goes on with the newest. */
  toggleFollow(height: number): Promise<void> {
    return this.inTurn(async () => {
      if (this.view.following) this.set({ following: false, top: lastTop(this.view, height) })
      else await this.replace('end')
    })
  }

  /** Shows the next of: all, standard output, standard error. */
  nextStream(): Promise<void> {
    return this.inTurn(async () => {
      const place = STREAMS.findIndex((stream) => stream === this.view.stream)
      this.set({ stream: STREAMS[(place + 1) % STREAMS.length] })
      await this.replace('end')
    })
  }

  close(): void {
    this.closed = true
    this.cancelPoll()
  }

  private poll(): void {
    if (this.closed) return
    this.cancelPoll = this.clock.after(PACE_MS, () => {
      if (!this.view.following || this.listener.held()) return this.poll()
      void this.inTurn(async () => void (await this.append())).then(() => this.poll())
    })
  }

  private inTurn(job: () => Promise<void>): Promise<void> {
    this.queue = this.after(this.queue, job)
    return this.queue
  }

  private async after(before: Promise<void>, job: () => Promise<void>): Promise<void> {
    await before
    if (this.closed) return
    try {
      await job()
    } catch (error) {
      this.listener.error(error)
    }
  }

  private async replace(end: 'start' | 'end'): Promise<void> {
    const page = await this.read(end === 'end' ? 'end' : { offset: 0 })
    this.next = page.next
    const { lines, attempt, dropped } = page
    this.set({ lines, attempt, dropped, top: 0, following: end === 'end' })
  }

  /** Returns how many lines left at the front. */
  private async append(): Promise<number> {
    const page = await this.read({ offset: this.next })
    this.next = page.next
    if (page.lines.length === 0) return 0
    const lines = [...this.view.lines, ...page.lines]
    const over = Math.max(0, lines.length - RING)
    this.set({ lines: lines.slice(over), dropped: this.view.dropped + page.dropped })
    return over
  }

  /** Returns how many lines came in at the front. */
  private async prepend(): Promise<number> {
    const before = this.view.lines
    if (!before[0]) return 0
    const page = await this.read({ before: before[0].offset })
    const lines = [...page.lines, ...before].slice(0, RING)
    this.next = before[lines.length - page.lines.length]?.offset ?? this.next
    this.set({ lines, dropped: this.view.dropped + page.dropped, top: this.view.top + page.lines.length })
    return page.lines.length
  }

  private async read(from: LogFrom) {
    const { task_id, attempt, stream } = this.view
    const page = await this.engine.query({
      type: 'log',
      task_id,
      ...(attempt !== null && { attempt }),
      from,
      limit: PAGE,
      ...(stream && { stream }),
    })
    return { ...page, lines: page.lines.map((line) => this.readableLine(line)) }
  }

  private readableLine(line: LogLine): LogLine {
    return { ...line, text: this.readable(line.text.slice(0, LINE_CHARACTERS)) }
  }

  private set(patch: Partial<LogView>): void {
    if (this.closed) return
    this.view = { ...this.view, ...patch }
    this.listener.show(this.view)
  }
}

/** First line on a screen of `height` rows that shows the last lines in hand. */
export function lastTop(view: Pick<LogView, 'lines'>, height: number): number {
  return Math.max(0, view.lines.length - height)
}
