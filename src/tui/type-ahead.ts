import { bindingsOf } from './bindings.ts'
import type { Session } from './session.ts'
import type { State } from './state.ts'

/** So long a key waits for an answer; what was typed before that is no longer what the operator wants. */
const PATIENCE_MS = 3000

/** Does what a key means; the keys behind it wait for the promise, where there is one. */
export type Act = (session: Session, key: string) => void | Promise<void>

/**
 * Keys in the order they were typed. One that needs an answer of the engine waits for it, and those behind it wait too:
 * what is typed ahead acts as if it were typed slowly. A lost connection ends the wait; so does patience, and then what
 * was typed meanwhile is dropped.
 */
export class TypeAhead {
  private readonly session: Session
  private readonly act: Act
  private typed: string[] = []
  private turn: Promise<void> | undefined
  private release = () => {}
  /** The engine took too long: no key waits until it has answered. */
  private tired = false

  constructor(session: Session, act: Act) {
    this.session = session
    this.act = act
  }

  /** Ctrl-C is for those who will not wait. @returns until all is done; undefined: it is */
  take(keys: readonly string[]): Promise<void> | undefined {
    const now = keys.includes('ctrl-c')
    this.typed = now ? [...keys] : [...this.typed, ...keys]
    if (now) this.release()
    this.turn ??= this.go()
    return this.turn
  }

  end(): void {
    this.typed = []
    this.release()
  }

  /** At once as far as nothing has to be waited for: a burst of keys is drawn once. */
  private go(): Promise<void> | undefined {
    for (;;) {
      const [key] = this.typed
      if (key === undefined) return undefined
      if (this.mustWait(key)) return this.goAfter(this.hold(() => !this.mustWait(this.typed[0])))
      this.typed.shift()
      const { dialog } = this.session.state
      const acted = this.act(this.session, key)
      if (acted) {
        const held = this.hold(() => this.session.state.lost !== null, acted)
        return this.goAfter(held.then(() => this.dropUnseen(dialog)))
      }
      this.dropUnseen(dialog)
    }
  }

  private async goAfter(held: Promise<void>): Promise<void> {
    try {
      await held
      await this.go()
    } finally {
      this.turn = undefined
    }
  }

  /** What was typed before a question was seen is no answer to it, where the answer destroys. */
  private dropUnseen(before: State['dialog']): void {
    const { dialog } = this.session.state
    if (dialog !== before && dialog?.kind === 'question' && dialog.destroys) this.typed = []
  }

  private mustWait(key: string | undefined): boolean {
    const { state, screen } = this.session
    const unknown = state.shown === null || screen.waits?.(this.session) === true
    if (!unknown) this.tired = false
    if (!unknown || this.tired || state.lost || state.dialog || state.prompt) return false
    if (key === undefined || key === 'ctrl-c') return false
    return state.shown === null || needsRows(state, key)
  }

  /** Until `over` (looked at whenever the state changes) or `acted`; not longer than patience lasts. */
  private hold(over: () => boolean, acted?: Promise<void>): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const { store, surroundings } = this.session
    const look = () => void (over() && resolve())
    const off = [
      store.subscribe(look),
      surroundings.clock.after(PATIENCE_MS, () => {
        this.giveUp()
        resolve()
      }),
    ]
    this.release = resolve
    acted?.then(resolve, reject)
    look()
    return promise.finally(() => off.forEach((each) => each()))
  }

  private giveUp(): void {
    this.tired = true
    if (this.typed.length === 0) return
    this.typed = []
    this.session.notify('no answer from the engine yet; what was typed ahead of it is dropped', 'warn')
  }
}

function needsRows(state: State, key: string): boolean {
  return bindingsOf(state).some(({ keys, anytime }) => keys.includes(key) && !anytime)
}
