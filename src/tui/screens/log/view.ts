import type { LogStream } from '../../../domain/logs.ts'
import { rowStarts } from '../../text.ts'
import type { Line } from './line.ts'
import { lastPlace, type Place } from './window.ts'

/** Which lines are shown. */
export interface Choice {
  /** Undefined: all of them, in the order in which they came. */
  stream: LogStream | undefined
  /** Only standard error and what tells of an error. */
  errors: boolean
}

/** How they are shown. */
export interface Look {
  wrap: boolean
  times: boolean
}

/** How far the search for a text is. */
export interface SearchView {
  text: string
  /** Lines that match, as far as was searched. */
  count: number
  /** Whether the whole log was searched, or as much as is counted. */
  done: boolean
  /** Which match was gone to, from 0. */
  at: number | null
}

/** What the log screen shows. */
export interface LogView {
  task_id: number
  title: string
  /** Null until the first lines are there. */
  attempt: number | null
  /** How many attempts the task has had, and whether the one shown has ended; null while not known. */
  attempts: number | null
  ended: boolean | null
  /** What of the log is in hand. */
  lines: readonly Line[]
  /** The first row on the screen; while following, the last lines are shown. */
  top: Place
  /** Whether new lines are shown as they come. */
  following: boolean
  choice: Choice
  look: Look
  search: SearchView | null
  /** The line last gone to, by its offset: a match, or an error. */
  mark: number | null
  /** Whether lines are being looked for that are far away. */
  looking: boolean
}

/** The part of the screen that shows lines: rows, and cells of each. */
export interface Shape {
  height: number
  cells: number
}

/** Which log is opened, and where. */
export interface LogTarget {
  id: number
  /** The task's name. */
  title: string
  /** Absent: the last one. */
  attempt?: number
  /** At the last error that the attempt told of; absent: at its end, following it. */
  at?: 'error'
}

/** Whoever shows the log. */
export interface LogListener {
  show(view: LogView): void
  say(text: string): void
  error(thrown: unknown): void
  /** While true nothing is read: the terminal takes nothing. */
  held(): boolean
  shape(): Shape
}

/** Whether a line is shown. What we have to say where all else is gone is always shown. */
export function isChosen(
  { stream, error, at }: Line,
  choice: Choice,
  removed_at: string | undefined,
): boolean {
  if (at === removed_at && stream === 'zafra') return true
  if (choice.errors && stream !== 'err' && !error) return false
  return choice.stream === undefined || stream === choice.stream
}

/** Cells of a row before the text: the mark, the time, the stream. */
export function margin({ times }: Look): number {
  return 1 + (times ? '00:00:00 '.length : 0) + 'out '.length
}

/** The cell that says that a line goes on. */
const MORE = 1

/** How many rows a line takes, a cut before it included. */
export function rowsOf(look: Look, { cells }: Shape): (line: Line) => number {
  return ({ text, gap }) =>
    (gap > 0 ? 1 : 0) + (look.wrap ? rowStarts(text, textCells(look, cells)).length : 1)
}

export function textCells(look: Look, cells: number): number {
  return Math.max(8, cells - margin(look) - MORE)
}

/** The first row that is shown. */
export function topOf({ lines, top, following, look }: LogView, shape: Shape): Place {
  return following ? lastPlace(lines, shape.height, rowsOf(look, shape)) : top
}
