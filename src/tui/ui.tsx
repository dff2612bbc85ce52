import { Box } from 'ink'
import { useMemo } from 'react'
import { bindingsOf } from './bindings.ts'
import { questionLines } from './dialogs.ts'
import { footer } from './footer.ts'
import { LookContext, lookOf, useLook } from './kernel/look.ts'
import { EDGES, StoreContext, useSelect } from './kernel/select.ts'
import { overlayOf } from './overlay.ts'
import type { ThemeName } from './palettes.ts'
import { promptLine } from './prompt/draw.ts'
import { lostSpans, noticeSpans } from './screens/notice.ts'
import { SCREENS } from './screens/screens.ts'
import { front, type State } from './state.ts'
import type { Store } from './store.ts'
import { upperEdge } from './tabs.ts'
import { greyed, type Theme } from './theme.ts'
import { Dialog } from './components/dialog.tsx'
import { Sides } from './components/frame.tsx'
import { Painted } from './components/line.tsx'

const LEAST = { columns: 60, rows: 15 }

/** All of the terminal: `rows` lines of `columns` cells that show the screen in front, and what lies over it. */
export function Ui({
  store,
  themes,
}: {
  store: Pick<Store<State>, 'get' | 'subscribe'>
  themes: (name: ThemeName) => Theme
}) {
  return (
    <StoreContext value={store}>
      <Sized themes={themes} />
    </StoreContext>
  )
}

function Sized({ themes }: { themes: (name: ThemeName) => Theme }) {
  const { columns, rows, name } = useSelect(({ size, theme }) => ({ ...size, name: theme }))
  const theme = themes(name)
  const look = useMemo(() => lookOf(columns, theme), [columns, theme])
  const fits = columns >= LEAST.columns && rows >= LEAST.rows
  return (
    <LookContext value={look}>
      <Box flexDirection="column" width={columns} height={rows}>
        {fits ? <Framed height={rows - EDGES} /> : <TooSmall columns={columns} rows={rows} />}
      </Box>
    </LookContext>
  )
}

function Framed({ height }: { height: number }) {
  return (
    <>
      <TopEdge />
      <Sides height={height}>
        <Body />
      </Sides>
      <BottomEdge />
      <LastLine />
      <Over />
    </>
  )
}

/** The screen in front; grey while what it shows may be so no more. */
function Body() {
  const look = useLook()
  const { name, lost } = useSelect((state) => ({ name: front(state), lost: state.lost !== null }))
  const shown = useMemo(() => (lost ? lookOf(look.columns, greyed(look.theme)) : look), [lost, look])
  const { Body: Screen } = SCREENS[name]
  return (
    <LookContext value={shown}>
      <Screen />
    </LookContext>
  )
}

/** The screens with their keys, and what the one in front says of itself. */
function TopEdge() {
  const { frame, theme, inner } = useLook()
  const text = useSelect((state) => {
    const about = lostSpans(state) ?? SCREENS[front(state)].about?.(state, theme) ?? []
    return frame.top(...upperEdge(state, about, inner, theme))
  })
  return <Painted text={text} />
}

/** What the last key came to, and where in the screen we are. */
function BottomEdge() {
  const { frame, theme } = useLook()
  const text = useSelect((state) => {
    const place = state.frozen
      ? [{ text: 'frozen: z lets it go on', style: 'warn' as const }]
      : (SCREENS[front(state)].place?.(state, theme) ?? [])
    return frame.bottom(noticeSpans(state), place)
  })
  return <Painted text={text} />
}

/** The line being typed, else the keys. */
function LastLine() {
  const { theme } = useLook()
  const text = useSelect((state) =>
    state.prompt ? promptLine(state, state.prompt, theme) : footer(state, bindingsOf(state), theme),
  )
  return <Painted text={text} />
}

/** The question, the help or the palette. */
function Over() {
  const { theme } = useLook()
  const state = useSelect((all) => (all.dialog || all.prompt?.kind === 'palette' ? all : null))
  const overlay = state && overlayOf(state, theme)
  return overlay && <Dialog overlay={overlay} />
}

/** A question can be answered here too: nobody should do that unseen. */
function TooSmall({ columns, rows }: State['size']) {
  const { theme } = useLook()
  const asked = useSelect(({ dialog }) =>
    dialog?.kind === 'question' ? ['', ...questionLines(dialog, columns)] : [],
  )
  const text = [`${columns}x${rows} is too small.`, `Zafra needs ${LEAST.columns}x${LEAST.rows}.`, ...asked]
  return Array.from({ length: rows }, (_, index) => (
    <Painted key={index} text={theme.paint([{ text: text[index] ?? '' }], columns)} />
  ))
}
