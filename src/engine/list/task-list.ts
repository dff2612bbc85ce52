import type { TaskSort } from '../../domain/task-sort.ts'
import type { OutputCheck } from '../../domain/check.ts'
import type { ListedTask } from '../../domain/store.ts'
import type { TaskPatch } from '../../domain/task.ts'
import { keepLast } from '../keep-last.ts'
import { Choice } from './choice.ts'
import type { Test } from './chooses.ts'
import { orderOf } from './order.ts'
import { CodeBook, patch, rowOf, type Codes, type Row } from './row.ts'

/** What a person types stays a moment: the search before this one is asked for again by a backspace. */
const KEPT_CHOICES = 4
/** With more changes at once than this, a choice is quicker made anew. */
const FEW = 500

/** The tasks of a batch (or of all), as little of each as searching and sorting needs. */
export class TaskList {
  readonly #rows: Row[] = []
  readonly #codes = new CodeBook()
  readonly #choices = new Map<string, Choice>()

  /** The last id that it has; 0 where it is empty. */
  get last(): number {
    return this.#rows.at(-1)?.id ?? 0
  }

  /** Adds tasks after the last one, in the order of their ids. */
  add(tasks: readonly ListedTask[]): void {
    for (const task of tasks) this.#rows.push(rowOf(task, this.#codes.of(task)))
    this.#choices.clear()
  }

  /** Takes those that it has over as they are now. */
  renew(tasks: readonly ListedTask[]): void {
    const places: number[] = []
    for (const task of tasks) {
      const place = this.placeOf(task.id)
      if (place === undefined) continue
      this.#rows[place] = rowOf(task, this.#codes.of(task))
      places.push(place)
    }
    this.#update(places)
  }

  /** One of its tasks has changed. */
  change(id: number, set: TaskPatch): void {
    const place = this.placeOf(id)
    const row = place === undefined ? undefined : this.#rows[place]
    if (place === undefined || !row) return
    patch(row, set)
    this.#update([place])
  }

  /** The outputs of these are accepted. */
  accept(ids: readonly number[]): void {
    const places = ids.flatMap((id) => this.placeOf(id) ?? [])
    for (const place of places) {
      const row = this.#rows[place]
      if (row) row.check = 'accepted' satisfies OutputCheck
    }
    this.#update(places)
  }

  /** @param key the same for the same test and sort; undefined: not asked for again */
  choose(key: string | undefined, sort: TaskSort, makeTest: (codes: readonly Codes[]) => Test): Choice {
    const known = key === undefined ? undefined : this.#choices.get(key)
    const choice = known ?? new Choice(this.#rows, makeTest(this.#codes.all), orderOf(sort, this.#codes))
    if (key !== undefined) keepLast(this.#choices, key, choice, KEPT_CHOICES)
    return choice
  }

  /** Where a task stands among all; undefined where it is not one of them. */
  placeOf(id: number): number | undefined {
    let [low, high] = [0, this.#rows.length - 1]
    while (low <= high) {
      const middle = (low + high) >>> 1
      const own = this.#rows[middle]?.id ?? 0
      if (own === id) return middle
      if (own < id) low = middle + 1
      else high = middle - 1
    }
    return undefined
  }

  #update(places: readonly number[]): void {
    if (places.length > FEW) this.#choices.clear()
    for (const choice of this.#choices.values()) for (const place of places) choice.update(place)
  }
}
