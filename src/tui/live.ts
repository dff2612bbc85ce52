import type { Clock } from '../domain/clock.ts'
import type { Engine } from '../domain/engine.ts'
import { reason } from '../domain/error.ts'
import type { EngineEvent } from '../domain/event.ts'
import type { Overview, RunningTask } from '../domain/query.ts'
import type { ConnectionEvent } from './connection.ts'

/** The state of things at `now`; `age_s` seconds passed since the engine told it. */
export interface Shown {
  overview: Overview
  now: Date
  age_s: number
}

/** Whoever is told what the engine says. */
export interface LiveListener {
  /** @param news whether more than progress and time has changed */
  show(shown: Shown, news: boolean): void
  /** The way to an engine of another process is lost, or is there again. */
  connection(event: ConnectionEvent): void
  error(thrown: unknown): void
  /** While true nothing is shown and nothing asked: the terminal takes nothing, or the engine is out of reach. */
  held(): boolean
}

/** At most four times a second: quick enough to feel live, slow enough for a line of 1 kB/s. */
const PACE_MS = 250
/** While work goes on the times shown move each second, with or without news. */
const SECOND_MS = 1000
/** What was not answered is asked again after PACE_MS, then after twice as long each time, up to this. */
const LONGEST_WAIT_MS = 8000

const ANSWERED = { count: 0, said: '', until: -Infinity }

/** Keeps the overview of an engine current and tells it at most every PACE_MS. */
export class Live {
  private readonly engine: Engine
  private readonly clock: Clock
  private readonly listener: LiveListener
  private readonly unsubscribe: () => void
  private overview: Overview | undefined
  private received = 0
  /** Progress heard since the overview was made. */
  private readonly progress = new Map<number, { seq: number; running: RunningTask }>()
  private batch: string | null = null
  private stale = false
  private news = false
  private asking = false
  /** Of questions that were not answered in a row: how many, what was said of them last, when the next one may be asked. */
  private unanswered = ANSWERED
  private ended = false
  private told = -Infinity
  private wake = { at: Infinity, off: () => {} }

  constructor(engine: Engine, clock: Clock, listener: LiveListener) {
    this.engine = engine
    this.clock = clock
    this.listener = listener
    this.unsubscribe = engine.subscribe((event) => this.hear(event))
  }

  /** Shows this batch from now on; null: the latest. */
  async look(batch_id: string | null): Promise<void> {
    this.batch = batch_id
    this.stale = true
    this.unanswered = ANSWERED
    if (this.asking) return this.wakeIn(PACE_MS)
    await this.tick()
  }

  end(): void {
    this.ended = true
    this.wake.off()
    this.unsubscribe()
  }

  private hear(event: EngineEvent): void {
    if (event.type === 'connection') return this.listener.connection(event)
    // Of another engine, perhaps, whose numbers begin anew.
    if (event.type === 'snapshot') this.progress.clear()
    // Its attempt begins or has ended.
    if (event.type === 'task') this.progress.delete(event.task.id)
    if (event.type === 'snapshot' && this.batch === null) this.take(event.overview)
    else if (event.type === 'progress') this.progress.set(event.running.task_id, event)
    else this.stale = true
    this.wakeIn(Math.max(0, this.told + PACE_MS - this.clock.monotonic()))
  }

  private wakeIn(ms: number): void {
    const at = this.clock.monotonic() + ms
    if (this.ended || at >= this.wake.at) return
    this.wake.off()
    this.wake = { at, off: this.clock.after(ms, () => void this.tick()) }
  }

  private async tick(): Promise<void> {
    this.wake.off()
    this.wake = { at: Infinity, off: () => {} }
    if (this.asking || this.listener.held()) return this.wakeIn(PACE_MS)
    this.told = this.clock.monotonic()
    if (this.stale && this.told >= this.unanswered.until) await this.refresh()
    if (this.ended) return
    if (this.stale) this.wakeIn(Math.max(PACE_MS, this.unanswered.until - this.clock.monotonic()))
    if (!this.overview) return
    this.show(this.overview)
    if (this.overview.batch?.status === 'running') this.wakeIn(SECOND_MS)
  }

  private show(overview: Overview): void {
    const { news } = this
    this.news = false
    this.listener.show(
      {
        overview: withProgress(overview, this.progress),
        now: this.clock.now(),
        age_s: (this.clock.monotonic() - this.received) / 1000,
      },
      news,
    )
  }

  private async refresh(): Promise<void> {
    this.stale = false
    this.asking = true
    try {
      const { batch } = this
      const overview = await this.engine.query({
        type: 'overview',
        ...(batch !== null && { batch_id: batch }),
      })
      if (batch === this.batch) this.take(overview)
      else this.stale = true
    } catch (error) {
      this.stale = true
      if (!this.ended) this.fail(error)
    } finally {
      this.asking = false
    }
  }

  /** The same reason is said once, however often it is asked in vain. */
  private fail(error: unknown): void {
    const { count, said } = this.unanswered
    const wait = Math.min(PACE_MS * 2 ** count, LONGEST_WAIT_MS)
    this.unanswered = { count: count + 1, said: reason(error), until: this.clock.monotonic() + wait }
    if (reason(error) !== said) this.listener.error(error)
  }

  private take(overview: Overview): void {
    this.overview = overview
    this.unanswered = ANSWERED
    this.news = true
    this.received = this.clock.monotonic()
    for (const [id, { seq }] of this.progress) if (seq <= overview.seq) this.progress.delete(id)
  }
}

function withProgress(overview: Overview, progress: ReadonlyMap<number, { running: RunningTask }>): Overview {
  if (progress.size === 0) return overview
  const running = overview.running.map((task) => progress.get(task.task_id)?.running ?? task)
  return { ...overview, running }
}
