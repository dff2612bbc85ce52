import type { Clock } from '../../domain/clock.ts'
import type { Session } from '../session.ts'
import type { State } from '../state.ts'
import { dialogSentences } from './dialog.ts'
import { news, toldOf, type Told } from './news.ts'
import { readingOf, rowOf } from './reading.ts'
import { sentence } from './words.ts'

/** What has been said of the state. */
interface Said {
  trail: State['trail']
  row: string | null
  notice: State['notice']
  dialog: State['dialog']
  lost: boolean
}

/**
 * Says what a session shows, in sentences: a screen when it is opened, a row when the cursor comes to it, what a key came
 * to, and of the rest only what is worth interrupting for. What was said is never taken back.
 */
export class Reader {
  private readonly session: Pick<Session, 'state' | 'store'>
  private readonly clock: Clock
  private readonly say: (text: string) => void
  private said: Said
  private told: Told | null = null
  private overview: unknown
  private waiting = true
  private readonly unsubscribe: () => void

  constructor(session: Pick<Session, 'state' | 'store'>, clock: Clock, say: (text: string) => void) {
    this.session = session
    this.clock = clock
    this.say = say
    this.said = this.now(null)
    this.unsubscribe = session.store.subscribe(() => this.look())
    this.look()
  }

  /** Says the screen in front from its beginning. */
  read(): void {
    this.waiting = true
    this.look()
  }

  end(): void {
    this.unsubscribe()
  }

  private look(): void {
    const { state } = this.session
    const before = this.said
    const row = this.waiting || state.trail !== before.trail ? null : rowOf(state)
    this.said = this.now(row?.id ?? null)
    if (state.trail !== before.trail) this.waiting = true
    this.sayConnection(before.lost)
    if (state.notice && state.notice !== before.notice) this.say(sentence(state.notice.text))
    if (state.dialog && state.dialog.kind !== before.dialog?.kind)
      this.sayAll(dialogSentences(state, state.dialog))
    if (this.waiting) this.sayScreen()
    else if (row && row.id !== before.row) this.say(row.text)
    this.sayNews()
  }

  private sayScreen(): void {
    const { state } = this.session
    const reading = readingOf(state)
    if (!reading) return
    this.waiting = false
    this.sayAll(reading)
    // The row is part of what was read.
    this.said = this.now(rowOf(state)?.id ?? null)
    if (state.shown) this.told = toldOf(state.shown.overview, this.clock.monotonic())
  }

  private sayNews(): void {
    const overview = this.session.state.shown?.overview
    if (!overview || !this.told || overview === this.overview) return
    this.overview = overview
    const { sentences, told } = news(this.told, overview, this.clock.monotonic())
    this.told = told
    this.sayAll(sentences)
  }

  private sayConnection(before: boolean): void {
    const { lost } = this.session.state
    if (lost && !before) this.say(sentence(`connection lost: ${lost.message}. It is tried again by itself`))
    if (!lost && before) this.say('Connected again.')
  }

  private sayAll(sentences: readonly string[]): void {
    for (const each of sentences) this.say(each)
  }

  private now(row: string | null): Said {
    const { trail, notice, dialog, lost } = this.session.state
    return { trail, row, notice, dialog, lost: lost !== null }
  }
}
