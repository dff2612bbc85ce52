import type { Clock } from '../domain/clock.ts'
import type { Command, Result } from '../domain/command.ts'
import type { Engine } from '../domain/engine.ts'
import { reason } from '../domain/error.ts'
import type { Overview, Query, View } from '../domain/query.ts'
import { safeDeep } from '../domain/safe.ts'
import { Connection, NO_ENGINE } from './connection.ts'
import type { Leave } from './index.ts'
import { createLists, type PagedLists } from './lists.ts'
import { Live } from './live.ts'
import type { Readable } from './readable.ts'
import { logShape } from './screens/log/shape.ts'
import { LogTail } from './screens/log/tail.ts'
import type { LogTarget } from './screens/log/view.ts'
import type { Screen, ScreenName } from './screens/screen.ts'
import { SCREENS } from './screens/screens.ts'
import { act } from './press.ts'
import { front, initialState, withShown, type Notice, type Size, type State } from './state.ts'
import { createStore, type Store } from './store.ts'
import type { ThemeName } from './palettes.ts'
import { TypeAhead } from './type-ahead.ts'

/** What the session needs of the terminal. */
export interface Surroundings {
  engine: Engine
  clock: Clock
  readable: Readable
  size: Size
  theme: ThemeName
  /** Whether the terminal takes nothing at the moment. */
  congested: () => boolean
  leave: (how: Leave) => void
  /** Draws everything anew. */
  redraw: () => void
  /** Hands the terminal back to the shell until the operator returns. */
  suspend: () => Promise<void>
  /** Sends text to the clipboard of whoever sits at the terminal. False: it is too long for that. */
  copy: (text: string) => boolean
}

/** One operator at one terminal: what is shown, and what the keys can do. */
export class Session {
  readonly store: Store<State>
  readonly surroundings: Surroundings
  readonly lists: PagedLists
  readonly typeAhead = new TypeAhead(this, act)
  /** What was typed at each prompt, the oldest first. */
  readonly typed = { filter: [] as string[], palette: [] as string[] }
  private readonly live: Live
  private readonly connection: Connection
  private stopPacing = () => {}
  private tail: LogTail | null = null

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings
    this.store = createStore(initialState(surroundings.size, surroundings.theme))
    const { engine, clock, readable } = surroundings
    this.lists = createLists({
      engine,
      readable,
      state: () => this.state,
      show: (lists) => this.set({ lists: { ...this.state.lists, ...lists } }),
      error: (thrown) => this.fail(thrown),
    })
    this.connection = new Connection(clock, (lost) => {
      // What it says is no longer so.
      const over = lost === null && this.state.notice?.text === NO_ENGINE
      this.set(over ? { lost, notice: null } : { lost })
    })
    this.live = new Live(engine, clock, {
      connection: (event) => this.connection.hear({ ...event, message: readable(event.message) }),
      show: (shown, news) => {
        const overview = readableOverview(shown.overview, readable)
        this.set(withShown(this.state, { ...shown, overview }))
        if (this.state.leaving && overview.running.length === 0)
          surroundings.leave({ why: 'quit', exit_code: 0 })
        if (news) this.screen.refresh?.(this)
      },
      error: (thrown) => this.fail(thrown),
      held: () => this.held,
    })
  }

  get state(): State {
    return this.store.get()
  }

  /** The log of the task on the screen, if one is open. */
  get log(): LogTail | null {
    return this.tail
  }

  set(patch: Partial<State>): void {
    this.store.set(patch)
  }

  notify(text: string, style: Notice['style'] = 'good'): void {
    this.set({ notice: { text: this.surroundings.readable(text), style } })
  }

  fail(thrown: unknown): void {
    this.notify(reason(thrown), 'bad')
  }

  /** Has the engine do it and says, when that is known, what came of it: nobody waits for that. */
  execute<C extends Command>(command: C, done: (result: Result<C>) => Notice): void {
    if (this.state.lost) this.notify(NO_ENGINE, 'warn')
    else void this.carryOut(command, done)
  }

  /** Undefined: there was no answer, which has then been said. Not fit for the screen yet. */
  async ask<Q extends Query>(query: Q): Promise<View<Q> | undefined> {
    try {
      return await this.surroundings.engine.query(query)
    } catch (error) {
      this.fail(error)
      return undefined
    }
  }

  /** Puts a screen in front of the one that is there; `back` returns. */
  open(name: ScreenName): void {
    this.travel([...this.state.trail, name])
  }

  /** Goes to a screen and leaves what was opened. */
  go(name: ScreenName): void {
    this.travel([name])
  }

  /** Goes where the screen in front was opened from, in the end to the dashboard. */
  back(): void {
    const before = this.state.trail.slice(0, -1)
    this.travel(before.length > 0 ? before : ['dashboard'])
  }

  /** Looks at this batch from now on; null: at the latest. */
  async viewBatch(batch_id: string | null): Promise<void> {
    this.set({ batch: batch_id, tasks: { error: null } })
    const { tasks, errors } = this.lists
    await Promise.all([this.live.look(batch_id), tasks.reset(), errors.reset()])
  }

  /** Shows a log on a screen of its own. */
  openLog(target: LogTarget): void {
    if (front(this.state) !== 'log') this.open('log')
    this.tailLog(target)
  }

  /** Has the screen in front show a log. */
  tailLog(target: LogTarget): void {
    this.tail?.close()
    this.tail = new LogTail(this.surroundings, target, {
      show: (log) => this.set({ log }),
      say: (text) => this.notify(text, 'warn'),
      error: (thrown) => this.fail(thrown),
      held: () => this.held,
      shape: () => logShape(this.state),
    })
  }

  closeLog(): void {
    this.tail?.close()
    this.tail = null
    this.set({ log: null })
  }

  end(): void {
    this.live.end()
    this.connection.end()
    this.stopPacing()
    this.tail?.close()
    this.typeAhead.end()
  }

  private async carryOut<C extends Command>(command: C, done: (result: Result<C>) => Notice): Promise<void> {
    try {
      const { text, style } = done(await this.surroundings.engine.execute(command))
      this.notify(text, style)
    } catch (error) {
      this.fail(error)
    }
  }

  private travel(trail: readonly ScreenName[]): void {
    this.screen.close?.(this)
    this.set({ trail })
    this.screen.open?.(this)
    this.pace()
  }

  /** Has the screen in front refreshed at its own pace, where it has one. */
  private pace(): void {
    this.stopPacing()
    const { pace_ms } = this.screen
    if (pace_ms === undefined) return
    this.stopPacing = this.surroundings.clock.after(pace_ms, () => {
      if (!this.held) this.screen.refresh?.(this)
      this.pace()
    })
  }

  /** The screen in front. */
  get screen(): Screen {
    return SCREENS[front(this.state)]
  }

  /**
   * Whether news must wait: the terminal takes nothing, the operator wants to look at what is there, or there is
   * nobody to ask.
   */
  private get held(): boolean {
    return this.state.frozen || this.state.lost !== null || this.surroundings.congested()
  }
}

/** The keys of the groups name them to the engine and never reach the screen. */
function readableOverview(overview: Overview, readable: Readable): Overview {
  const { error_groups, ...rest } = overview
  const groups = error_groups.map((group) => ({ ...safeDeep(group, readable), key: group.key }))
  return { ...safeDeep(rest, readable), error_groups: groups }
}
