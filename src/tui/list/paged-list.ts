import { ZafraError } from '../../domain/error.ts'
import { NOWHERE } from './cursor.ts'
import { idsBetween } from './ids-between.ts'
import { clamp, placeIn } from './place.ts'
import type { Page, Source } from './source.ts'
import { topRow, type ListView } from './view.ts'

/** Whoever shows the list. */
export interface ListListener<Row, By extends string> {
  show(view: ListView<Row, By>): void
  error(thrown: unknown): void
  /** Rows on the screen. */
  height(): number
}

/** Screens of rows in hand: one above the cursor's, one below. */
const SCREENS = 3
/** How often one answer may send us elsewhere before we take what there is. */
const TRIES = 3

/**
 * A list of any length of which only a window is in hand. The cursor stays on its row, by id, whatever changes;
 * one question at a time is asked, and what comes up meanwhile is asked once, afterwards.
 */
export class PagedList<Row, By extends string = string> {
  private readonly source: Source<Row, By>
  private readonly listener: ListListener<Row, By>
  private now: ListView<Row, By>
  /** Where the cursor goes as soon as the rows there are in hand. */
  private goal: number | null = null
  /** Moves with every other list that is asked for. */
  private revision = 0
  /** How often it began anew with other rows. */
  private beginnings = 0
  /** The revision of what is shown; before the first answer none. */
  private answered = -1
  private marking = false
  private waiting = false
  private turn: Promise<void> = Promise.resolve()

  constructor(source: Source<Row, By>, initial: ListView<Row, By>, listener: ListListener<Row, By>) {
    this.source = source
    this.listener = listener
    this.now = initial
  }

  get view(): ListView<Row, By> {
    return this.now
  }

  /** Whether another list, a row far away or marks are asked for: what is shown is not yet what is meant. */
  get pending(): boolean {
    return this.answered !== this.revision || this.goal !== null || this.marking
  }

  /** Asks again, soon. */
  refresh(): Promise<void> {
    if (this.waiting) return this.turn
    this.waiting = true
    return this.inTurn(async () => {
      this.waiting = false
      await this.load()
    })
  }

  /** Begins anew with other rows; the search and the order stay. */
  reset(): Promise<void> {
    this.beginnings += 1
    return this.anew({ rows: [], offset: 0, total: null, cursor: NOWHERE, top: 0, marks: new Set() })
  }

  /** Moves the cursor by `rows` (±Infinity: to an end), at once where the rows are in hand. */
  move(rows: number): Promise<void> {
    const { total, offset, cursor } = this.now
    if (!total) return this.turn
    const to = clamp((this.goal ?? cursor.index) + rows, total)
    const row = this.now.rows[to - offset]
    this.goal = row === undefined ? to : null
    if (row !== undefined) this.put({ cursor: { id: this.source.id(row), index: to } })
    return row === undefined || this.nearEdge(to) ? this.refresh() : this.turn
  }

  /** Filters the list; a search that makes no sense changes nothing but says so. */
  search(search: string): Promise<void> {
    const fault = this.faultOf(search)
    if (fault !== this.now.fault) this.set({ fault })
    if (fault !== null || search === this.now.search) return this.turn
    return this.anew({ search, top: 0, cursor: { ...this.now.cursor, index: 0 } })
  }

  /** Sorts by this; by the same again: the other way round. */
  sortBy(by: By): Promise<void> {
    const { sort } = this.now
    return this.anew({ sort: { by, descending: sort?.by === by && !sort.descending } })
  }

  /** Marks the row under the cursor, or takes its mark away, and goes to the next. */
  toggleMark(): Promise<void> {
    const { cursor, marks } = this.now
    if (cursor.id === '') return this.turn
    const changed = new Set(marks)
    if (!changed.delete(cursor.id)) changed.add(cursor.id)
    this.set({ marks: changed })
    return this.move(1)
  }

  /** Begins a range of marks at the cursor, or ends it there. */
  toggleRange(): Promise<void> {
    const { anchor, cursor } = this.now
    if (anchor === null) {
      this.set({ anchor: cursor.index })
      return this.turn
    }
    const [from, to] = [Math.min(anchor, cursor.index), Math.max(anchor, cursor.index)]
    return this.markFrom((view) => idsBetween(this.source, view, from, to))
  }

  /** Marks every row that the filter chooses. */
  markAll(): Promise<void> {
    return this.markFrom(({ search }) => this.source.ids(search))
  }

  unmark(): void {
    this.set({ marks: new Set(), anchor: null })
  }

  private anew(patch: Partial<ListView<Row, By>>): Promise<void> {
    this.revision += 1
    this.goal = null
    this.set({ ...patch, anchor: null })
    return this.refresh()
  }

  /** Marks rows of the list as it is shown now, whatever it is filtered by when they are known. */
  private markFrom(read: (view: ListView<Row, By>) => Promise<readonly string[]>): Promise<void> {
    const { now, beginnings } = this
    this.marking = true
    return this.inTurn(async () => {
      const ids = await read(now)
      this.marking = false
      if (beginnings === this.beginnings)
        this.set({ marks: new Set([...this.now.marks, ...ids]), anchor: null })
    })
  }

  private async load(): Promise<void> {
    const { revision } = this
    const { search, sort } = this.now
    const height = this.listener.height()
    let about = this.goal ?? this.now.cursor.index
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const offset = Math.max(0, about - height)
      const { id } = this.now.cursor
      const find = this.goal === null && id !== '' ? id : null
      const page = await this.source.page({ search, sort, offset, limit: SCREENS * height, find })
      // Another list was asked for meanwhile: that one is next.
      if (revision !== this.revision) return
      const { goal } = this
      const { cursor } = this.now
      const index = placeIn(page, (row) => this.source.id(row), { cursor, goal, offset, find })
      about = index ?? cursor.index
      const there = page.rows[about - offset] !== undefined || page.total === 0
      if (index !== null && (there || tries === TRIES)) return this.take(page, offset, index)
    }
    void this.refresh()
  }

  private take({ rows, total }: Page<Row>, offset: number, index: number): void {
    const { cursor, top } = this.now
    const row = rows[index - offset]
    const moved = this.goal === null ? index - cursor.index : 0
    this.goal = null
    this.answered = this.revision
    this.put({
      rows,
      offset,
      total,
      cursor: { id: row === undefined ? '' : this.source.id(row), index },
      // What comes or goes above the cursor does not move the rows on the screen.
      top: Math.max(0, top + moved),
    })
  }

  /** Changes the view such that it shows the cursor. */
  private put(patch: Partial<ListView<Row, By>>): void {
    const top = topRow({ ...this.now, ...patch }, this.listener.height())
    this.set({ ...patch, top })
  }

  private nearEdge(index: number): boolean {
    const { rows, offset, total } = this.now
    const height = this.listener.height()
    const end = offset + rows.length
    return (offset > 0 && index - offset < height) || (end < (total ?? 0) && end - index <= height)
  }

  private faultOf(search: string): string | null {
    try {
      this.source.check?.(search)
      return null
    } catch (error) {
      if (error instanceof ZafraError && error.code === 'usage') return error.message
      throw error
    }
  }

  private inTurn(job: () => Promise<void>): Promise<void> {
    this.turn = this.after(this.turn, job)
    return this.turn
  }

  private async after(before: Promise<void>, job: () => Promise<void>): Promise<void> {
    await before
    try {
      await job()
    } catch (error) {
      this.goal = null
      this.answered = this.revision
      this.marking = false
      this.listener.error(error)
    }
  }

  private set(patch: Partial<ListView<Row, By>>): void {
    this.now = { ...this.now, ...patch }
    this.listener.show(this.now)
  }
}
