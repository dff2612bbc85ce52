import type { LogFrom } from '../../../domain/query.ts'
import type { LinePage, LogPages } from './pages.ts'
import { append, emptyAt, prepend, type Stretch } from './stretch.ts'
import { rowsOf, type Choice, type Look, type Shape } from './view.ts'
import { FIRST, fills, isBefore, lastPlace, moved, type Place } from './window.ts'

/** Whether the way to where we go is still wanted; a long one is read page by page. */
export type Wanted = () => boolean

/** Pages in which the error is looked for with which an attempt ended. */
const PAGES_TO_ERROR = 40
/** Pages read in one turn to keep up where most lines are passed over. */
const PAGES_PER_TURN = 10

/** A place in an attempt's log, and the stretch around it that is in hand; however long the log, no more than that is. */
export class LogReading {
  attempt: number | undefined
  choice: Choice = { stream: undefined, errors: false }
  look: Look = { wrap: false, times: true }
  stretch: Stretch = emptyAt(0)
  /** The last lines are shown, and what follows them. */
  following = true
  private place: Place = FIRST
  private readonly pages: LogPages
  private readonly shape: () => Shape
  /** Called after each page. */
  private readonly changed: () => void

  constructor(pages: LogPages, attempt: number | undefined, shape: () => Shape, changed: () => void) {
    this.pages = pages
    this.attempt = attempt
    this.shape = shape
    this.changed = changed
  }

  /** The first row on the screen. */
  get top(): Place {
    return this.following ? this.last : this.place
  }

  /** Of the first line on the screen. */
  get topOffset(): number {
    return this.stretch.lines[this.top.index]?.offset ?? this.stretch.start
  }

  /** Stays at the lines shown. */
  hold(): void {
    this.place = this.top
    this.following = false
  }

  /** Shows the same lines otherwise; the first of them stays. */
  dress(look: Partial<Look>): void {
    this.place = { index: this.top.index, row: 0 }
    this.look = { ...this.look, ...look }
  }

  async scroll(rows: number, wanted: Wanted): Promise<void> {
    this.hold()
    let reached = false
    while (this.moved(rows).short && wanted() && !(rows < 0 ? this.stretch.begins : reached)) {
      if (rows < 0) await this.readBack()
      else await this.readOn()
      reached = this.stretch.ends
    }
    this.place = this.moved(rows).place
  }

  async toStart(wanted: Wanted): Promise<void> {
    await this.from(0, wanted)
  }

  async toEnd(wanted: Wanted): Promise<void> {
    this.take(await this.read('end'))
    this.following = true
    await this.fill(wanted)
  }

  /** The lines from a byte of the log on. */
  async from(offset: number, wanted: Wanted): Promise<void> {
    const page = await this.read({ offset })
    this.following = false
    this.place = FIRST
    this.take(page)
    await this.fill(wanted)
  }

  /** Other lines, from the same place on. */
  async choose(choice: Partial<Choice>, wanted: Wanted): Promise<void> {
    const { following, topOffset } = this
    const gap = this.stretch.lines[this.top.index]?.gap ?? 0
    this.choice = { ...this.choice, ...choice }
    if (following) return this.toEnd(wanted)
    await this.from(topOffset, wanted)
    if (gap > 0 && wanted()) await this.findGap()
  }

  /** A line, a third down the screen; what would hide it is shown too. */
  async toLine(offset: number, wanted: Wanted): Promise<void> {
    if (this.indexOf(offset) === -1) await this.from(offset, wanted)
    if (this.indexOf(offset) === -1 && this.choice.errors && wanted()) {
      this.choice = { ...this.choice, errors: false }
      await this.from(offset, wanted)
    }
    this.following = false
    this.place = { index: Math.max(0, this.indexOf(offset)), row: 0 }
    await this.scroll(-Math.floor(this.shape().height / 3), wanted)
    await this.fill(wanted)
  }

  /** The last line that tells of an error, failing that the last on standard error; undefined: none is near the end. */
  async lastError(wanted: Wanted): Promise<number | undefined> {
    let written: number | undefined
    for (let pages = 0; pages < PAGES_TO_ERROR && wanted(); pages += 1) {
      const { lines, begins } = this.stretch
      const told = lines.findLast(({ error }) => error)
      if (told) return told.offset
      written ??= lines.findLast(({ stream }) => stream === 'err')?.offset
      if (begins) break
      await this.readBack()
    }
    return written
  }

  /** What came since, as far as it is seen; where that is too much to go through, only the newest of it. */
  async keepUp(): Promise<void> {
    const all = this.following && this.choice.stream === undefined && !this.choice.errors
    for (let pages = all ? 1 : PAGES_PER_TURN; pages > 0; pages -= 1) {
      if (!this.following && this.filled) return
      await this.readOn()
      if (this.stretch.ends) return
    }
    if (all) this.take(await this.read('end'))
  }

  /** Shows no blank rows where there are lines to show. */
  async fill(wanted: Wanted): Promise<void> {
    while (!this.stretch.ends && wanted() && !this.filled) await this.readOn()
    while (!this.stretch.begins && wanted() && !fills(this.stretch.lines, FIRST, this.screen))
      await this.readBack()
    if (isBefore(this.last, this.place)) this.place = this.last
  }

  /** The log of another attempt, if there is one. */
  async open(attempt: number | undefined, wanted: Wanted): Promise<void> {
    const page = await this.pages.read(attempt, 'end', this.choice)
    this.attempt = page.attempt
    this.following = true
    this.take(page)
    await this.fill(wanted)
  }

  /** What was cut out before the first line that is shown is known only with the lines before that. */
  private async findGap(): Promise<void> {
    const { place } = this
    await this.readBack()
    if (place === FIRST) this.place = { index: this.place.index, row: 0 }
    this.changed()
  }

  private get screen() {
    const shape = this.shape()
    return { height: shape.height, rowsOf: rowsOf(this.look, shape) }
  }

  private get filled(): boolean {
    return fills(this.stretch.lines, this.top, this.screen)
  }

  private get last(): Place {
    return lastPlace(this.stretch.lines, this.screen.height, this.screen.rowsOf)
  }

  private moved(rows: number) {
    return moved(this.stretch.lines, this.place, rows, this.screen)
  }

  private indexOf(offset: number): number {
    return this.stretch.lines.findIndex((line) => line.offset === offset)
  }

  private read(from: LogFrom): Promise<LinePage> {
    return this.pages.read(this.attempt, from, this.choice)
  }

  private take({ lines, start, next, begins, ends, after }: LinePage): void {
    this.stretch = { lines, start, next, begins, ends, after }
    this.changed()
  }

  private async readOn(): Promise<void> {
    const { stretch, lost } = append(this.stretch, await this.read({ offset: this.stretch.next }))
    this.stretch = stretch
    const { index, row } = this.place
    this.place = index < lost ? FIRST : { index: index - lost, row }
    this.changed()
  }

  private async readBack(): Promise<void> {
    const page = await this.read({ before: this.stretch.start })
    const before = this.stretch.lines[this.place.index]
    this.stretch = prepend(this.stretch, page)
    const index = this.place.index + page.lines.length
    const now = this.stretch.lines[index]
    // A cut that is now known of has a row of its own before the one that was shown.
    const more = before && now ? this.screen.rowsOf(now) - this.screen.rowsOf(before) : 0
    this.place = { index, row: this.place.row + more }
    this.changed()
  }
}
