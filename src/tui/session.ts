import type { Clock } from '../domain/clock.ts'
import type { Command, Result } from '../domain/command.ts'
import type { Engine } from '../domain/engine.ts'
import { reason } from '../domain/error.ts'
import { safeDeep } from '../domain/safe.ts'
import type { Leave } from './index.ts'
import { Live } from './live.ts'
import { LogTail } from './log-tail.ts'
import type { Readable } from './readable.ts'
import { initialState, withShown, type Notice, type Size, type State } from './state.ts'
import { createStore, type Store } from './store.ts'

/** What the session needs of the terminal. */
export interface Surroundings {
  engine: Engine
  clock: Clock
  readable: Readable
  size: Size
  /** Whether the terminal takes nothing at the moment. */
  congested: () => boolean
  leave: (how: Leave) => void
  /** Draws everything anew. */
  redraw: () => void
  /** Hands the terminal back to the shell until the operator returns. */
  suspend: () => Promise<void>
}

/** One operator at one terminal: what is shown, and what the keys can do. */
export class Session {
  readonly store: Store<State>
  readonly surroundings: Surroundings
  private readonly live: Live
  private tail: LogTail | null = null

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings
    this.store = createStore(initialState(surroundings.size))
    const { engine, clock, readable, congested, leave } = surroundings
    this.live = new Live(engine, clock, {
      show: (shown) => {
        const overview = safeDeep(shown.overview, readable)
        this.store.set(withShown(this.state, { ...shown, overview }))
        if (this.state.leaving && overview.running.length === 0) leave({ why: 'quit', exit_code: 0 })
      },
      error: (thrown) => this.fail(thrown),
      held: congested,
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

  /** Has the engine do it and says what came of it. */
  async execute<C extends Command>(command: C, done: (result: Result<C>) => Notice): Promise<void> {
    try {
      const { text, style } = done(await this.surroundings.engine.execute(command))
      this.notify(text, style)
    } catch (error) {
      this.fail(error)
    }
  }

  openLog(task: { id: number; title: string }): void {
    const { engine, clock, readable, congested } = this.surroundings
    this.closeLog()
    this.tail = new LogTail(engine, clock, readable, task, {
      show: (log) => this.set({ log }),
      error: (thrown) => this.fail(thrown),
      held: congested,
    })
  }

  closeLog(): void {
    this.tail?.close()
    this.tail = null
    this.set({ log: null })
  }

  end(): void {
    this.live.end()
    this.tail?.close()
  }

  private fail(thrown: unknown): void {
    this.notify(reason(thrown), 'bad')
  }
}
