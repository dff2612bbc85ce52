import type { Shown } from './live.ts'
import { NOWHERE, settle, type Cursor } from './list.ts'
import type { LogView } from './log-tail.ts'
import type { Session } from './session.ts'

export interface Size {
  columns: number
  rows: number
}

/** The lists of the dashboard, in the order of Tab. */
export const PANES = ['sites', 'running', 'errors'] as const
export type Pane = (typeof PANES)[number]

/** One line at the foot of the screen, until the next key. */
export interface Notice {
  text: string
  style: 'good' | 'warn' | 'bad'
}

/** A question over the screen. Esc answers no. */
export interface Question {
  kind: 'question'
  title: string
  text: readonly string[]
  answers: readonly { key: string; label: string; run(session: Session): void | Promise<void> }[]
  /** What Esc and Enter do: nothing, in these words. */
  no: string
}

/** The keys, from the `from`-th on. */
export interface Help {
  kind: 'help'
  from: number
}

export type Dialog = Help | Question

/** All that the screen shows. */
export interface State {
  size: Size
  /** Null until the engine has answered. */
  shown: Shown | null
  pane: Pane
  cursors: Readonly<Record<Pane, Cursor>>
  /** The log screen is open while this is set. */
  log: LogView | null
  dialog: Dialog | null
  notice: Notice | null
  /** Quit as soon as nothing runs any more. */
  leaving: boolean
}

export function initialState(size: Size): State {
  return {
    size,
    shown: null,
    pane: 'sites',
    cursors: { sites: NOWHERE, running: NOWHERE, errors: NOWHERE },
    log: null,
    dialog: null,
    notice: null,
    leaving: false,
  }
}

/** The ids of a list's rows, as they stand. */
export function rowIds({ shown }: Pick<State, 'shown'>, pane: Pane): string[] {
  if (!shown) return []
  const { sites, running, recent_errors } = shown.overview
  switch (pane) {
    case 'sites':
      return sites.map(({ site }) => site)
    case 'running':
      return running.map(({ task_id }) => String(task_id))
    case 'errors':
      return recent_errors.map(({ task_id, attempt }) => `${task_id}-${attempt}`)
  }
}

/** What changes when the engine tells something new: every selection stays on its row. */
export function withShown(state: State, shown: Shown): Pick<State, 'shown' | 'cursors'> {
  const settled = PANES.map((pane) => [pane, settle(state.cursors[pane], rowIds({ shown }, pane))])
  return { shown, cursors: Object.fromEntries(settled) as Record<Pane, Cursor> }
}
