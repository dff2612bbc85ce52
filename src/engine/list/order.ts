import type { TaskSort } from '../../domain/task-sort.ts'
import { TASK_STATUSES } from '../../domain/task.ts'
import type { CodeBook, Codes, Row } from './row.ts'

/** The largest key; larger values stand as if they had this one. */
const MOST = 2 ** 31
/** More rows than a list has; a key and a place together stay a whole number that a double holds exactly. */
export const PLACES = 2 ** 21

/** The order of a list, as numbers: `value` grows along it, `place` gives back where the row stands in the list. */
export interface Order {
  value(row: Row, place: number): number
  place(value: number): number
}

/** Equal ones stand in the order of their ids, those without a value last, whichever way it goes. */
export function orderOf({ by, descending }: TaskSort, codes: CodeBook): Order {
  if (by === 'id') return descending ? BACKWARD : FORWARD
  const key = keyOf(by, codes)
  return {
    value(row, place) {
      const own = key(row)
      const bounded = Math.min(Math.max(own, 0), MOST)
      return (Number.isNaN(own) ? MOST + 1 : descending ? MOST - bounded : bounded) * PLACES + place
    },
    place: (value) => value % PLACES,
  }
}

const FORWARD: Order = { value: (_, place) => place, place: (value) => value }
const BACKWARD: Order = {
  value: (_, place) => PLACES - 1 - place,
  place: (value) => PLACES - 1 - value,
}

/** A whole number that says where a row belongs; NaN where there is nothing to go by. */
function keyOf(by: Exclude<TaskSort['by'], 'id'>, codes: CodeBook): (row: Row) => number {
  switch (by) {
    case 'website':
      return byCodes(codes, ({ site }) => site)
    case 'scraper_name':
      return byCodes(codes, ({ scraper }) => scraper)
    case 'city':
    case 'operation':
    case 'product':
      return byCodes(codes, (each) => each[by])
    case 'status':
      return ({ status }) => STATUSES.get(status) ?? Number.NaN
    case 'attempts':
      return ({ attempts }) => attempts
    case 'data_records_extracted':
      return ({ rows }) => rows
    case 'started_at':
      return ({ started }) => started
    case 'completed_at':
      return ({ completed }) => completed
    case 'minutes':
      return ({ started, completed }) => completed - started
  }
}

const STATUSES = ranks(TASK_STATUSES)

function byCodes(codes: CodeBook, word: (codes: Codes) => string): (row: Row) => number {
  const rank = ranks(codes.all.map(word))
  const known = codes.all.map((each) => rank.get(word(each)) ?? Number.NaN)
  return (row) => known[row.codes.index] ?? Number.NaN
}

/** The place of each word among the different ones, by code point as the database sorts them. */
function ranks<Word extends string>(words: readonly Word[]): Map<Word, number> {
  return new Map([...new Set(words)].sort().map((word, rank) => [word, rank]))
}
