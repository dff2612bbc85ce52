import { helpOverlay, questionOverlay, type Overlay } from './dialogs.ts'
import { footer } from './footer.ts'
import { COMMON_BINDINGS } from './screens/common-bindings.ts'
import { screenOf } from './screens/screens.ts'
import type { State } from './state.ts'
import type { Store } from './store.ts'
import type { Theme } from './theme.ts'

/** The screen as it is to be: `rows` lines, each exactly `columns` wide, and what lies over them. */
export interface View {
  columns: number
  rows: number
  lines: readonly string[]
  overlay: Overlay | null
}

const LEAST = { columns: 60, rows: 15 }

export function viewOf(state: State, theme: Theme): View {
  const { columns, rows } = state.size
  if (columns < LEAST.columns || rows < LEAST.rows) return tooSmall(state, theme)
  const screen = screenOf(state)
  const lines = [...screen.draw(state, theme), footer(state, screen.bindings, COMMON_BINDINGS, theme)]
  return { columns, rows, lines, overlay: overlayOf(state, theme) }
}

/**
 * The view of what `store` holds, for `useSyncExternalStore`: the same object as long as the same is seen,
 * so that what changes out of sight costs no frame. What throws here throws while React renders.
 */
export function createViews(store: Pick<Store<State>, 'get'>, theme: Theme): () => View {
  let state: State | undefined
  let view: View | undefined
  return () => {
    if (view && state === store.get()) return view
    const next = viewOf(store.get(), theme)
    state = store.get()
    if (!view || !same(view, next)) view = next
    return view
  }
}

function overlayOf(state: State, theme: Theme): Overlay | null {
  const { dialog, size } = state
  if (!dialog) return null
  if (dialog.kind === 'question') return questionOverlay(dialog, size, theme)
  const { title, bindings } = screenOf(state)
  return helpOverlay(title, [...bindings, ...COMMON_BINDINGS], dialog.from, state, theme)
}

function tooSmall({ size: { columns, rows } }: State, theme: Theme): View {
  const text = [`${columns}x${rows} is too small.`, `Zafra needs ${LEAST.columns}x${LEAST.rows}.`]
  const lines = Array.from({ length: rows }, (_, index) =>
    theme.paint([{ text: text[index] ?? '' }], columns),
  )
  return { columns, rows, lines, overlay: null }
}

function same(one: View, other: View): boolean {
  return (
    one.columns === other.columns &&
    one.rows === other.rows &&
    sameLines(one.lines, other.lines) &&
    one.overlay?.top === other.overlay?.top &&
    one.overlay?.left === other.overlay?.left &&
    sameLines(one.overlay?.lines ?? [], other.overlay?.lines ?? [])
  )
}

function sameLines(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index])
}
