import { bindingsOf } from './bindings.ts'
import { questionLines, questionOverlay, type Overlay } from './dialogs.ts'
import { footer } from './footer.ts'
import { createFrame } from './frame.ts'
import { helpOverlay } from './help.ts'
import { paletteOverlay } from './palette/draw.ts'
import type { ThemeName } from './palettes.ts'
import { promptLine } from './prompt/draw.ts'
import { lostSpans, noticeSpans } from './screens/notice.ts'
import type { Canvas, Screen } from './screens/screen.ts'
import { SCREENS } from './screens/screens.ts'
import { front, type State } from './state.ts'
import type { Store } from './store.ts'
import { upperEdge } from './tabs.ts'
import { greyed, type Theme } from './theme.ts'

/** The screen as it is to be: `rows` lines, each exactly `columns` wide, and what lies over them. */
export interface View {
  columns: number
  rows: number
  lines: readonly string[]
  overlay: Overlay | null
}

const LEAST = { columns: 60, rows: 15 }
/** The two edges and the footer. */
const EDGES = 3

export function viewOf(state: State, theme: Theme): View {
  const { columns, rows } = state.size
  if (columns < LEAST.columns || rows < LEAST.rows) return tooSmall(state, theme)
  const screen = SCREENS[front(state)]
  const { prompt } = state
  const last = prompt ? promptLine(state, prompt, theme) : footer(state, bindingsOf(state), theme)
  return {
    columns,
    rows,
    lines: [...framed(screen, state, theme), last],
    overlay: overlayOf(state, screen, theme),
  }
}

/**
 * The view of what `store` holds, for `useSyncExternalStore`: the same object as long as the same is seen,
 * so that what changes out of sight costs no frame. What throws here throws while React renders.
 */
export function createViews(
  store: Pick<Store<State>, 'get'>,
  themes: (name: ThemeName) => Theme,
): () => View {
  let state: State | undefined
  let view: View | undefined
  return () => {
    if (view && state === store.get()) return view
    const next = viewOf(store.get(), themes(store.get().theme))
    state = store.get()
    if (!view || !same(view, next)) view = next
    return view
  }
}

/** What the screen draws, between the edge with the tabs and the one with the last word. */
function framed(screen: Screen, state: State, theme: Theme): string[] {
  const frame = createFrame(state.size.columns, theme)
  const canvas = state.lost ? greyCanvas(state, theme) : { frame, theme }
  const height = state.size.rows - EDGES
  const about = lostSpans(state) ?? screen.about?.(state, theme) ?? []
  const body = screen.draw(state, { ...canvas, height }).slice(0, height)
  while (body.length < height) body.push(frame.row([]))
  const place = state.frozen
    ? [{ text: 'frozen: z lets it go on', style: 'warn' as const }]
    : (screen.place?.(state, theme) ?? [])
  return [
    frame.top(...upperEdge(state, about, frame.inner, theme)),
    ...body,
    frame.bottom(noticeSpans(state), place),
  ]
}

/** For what was heard last and may be so no more. */
function greyCanvas({ size }: State, theme: Theme): Pick<Canvas, 'frame' | 'theme'> {
  const grey = greyed(theme)
  return { frame: createFrame(size.columns, grey), theme: grey }
}

function overlayOf(state: State, { title }: Screen, theme: Theme): Overlay | null {
  const { dialog, prompt, size } = state
  if (prompt?.kind === 'palette' && !dialog) return paletteOverlay(state, prompt, theme)
  if (!dialog) return null
  if (dialog.kind === 'question') return questionOverlay(dialog, size, theme)
  return helpOverlay(title, dialog.from, state, theme)
}

/** A question can be answered here too: nobody should do that unseen. */
function tooSmall({ size: { columns, rows }, dialog }: State, theme: Theme): View {
  const asked = dialog?.kind === 'question' ? ['', ...questionLines(dialog, columns)] : []
  const text = [`${columns}x${rows} is too small.`, `Zafra needs ${LEAST.columns}x${LEAST.rows}.`, ...asked]
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
