import type { ComponentType } from 'react'
import type { Binding } from '../keymap.ts'
import type { Session } from '../session.ts'
import type { State } from '../state.ts'
import type { Span, Theme } from '../theme.ts'

/** In the order of the keys 1 to 7, then what is opened from these. */
export type ScreenName =
  | 'dashboard'
  | 'tasks'
  | 'errors'
  | 'batches'
  | 'stats'
  | 'schedule'
  | 'system'
  | 'task'
  | 'log'
  | 'diff'
  | 'listings'

/** The text that narrows the list of a screen. */
export interface Filter {
  text(state: State): string
  /** Called at each key. */
  set(session: Session, text: string): void
  /** What is wrong with what was typed last. */
  fault?(state: State): string | null
}

/** Something of the selected row for the clipboard. */
export interface Copy {
  key: string
  what: string
  text: string
}

/**
 * One screen: a folder here, named in `ScreenName` and `screens.ts`. Its component reads its slice of the state
 * and its bindings change it; what it asks of the engine goes through the session. A long list is a `PagedList`: its view in
 * `Lists`, its source in `createLists`, its keys from `listBindings`, its rows from `LongList`.
 */
export interface Screen {
  name: ScreenName
  title: string
  /** The key that leads here from everywhere; absent: it is opened from another screen. */
  key?: string
  bindings: readonly Binding[]
  /** What is between the two edges, at most `useHeight()` lines; what is missing stays blank. */
  Body: ComponentType
  /** At the right of the upper edge. */
  about?(state: State, theme: Theme): Span[]
  /** At the right of the lower edge. */
  place?(state: State, theme: Theme): Span[]
  /** Whether it is not known yet what a key would act on; it then waits. */
  waits?(session: Session): boolean
  filter?: Filter
  /** What `y` offers. */
  copies?(state: State): Copy[]
  /** It comes to the front, or has come back to it. */
  open?(session: Session): void
  /** It leaves the front. */
  close?(session: Session): void
  /** Milliseconds after which it is refreshed also where nothing changed; absent: never. */
  pace_ms?: number
  /** Something changed in the engine; called at most four times a second, for the screen in front. */
  refresh?(session: Session): void
}
