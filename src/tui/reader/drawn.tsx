import { Box, renderToString } from 'ink'
import { MARGIN } from '../frame.ts'
import { UNICODE, type Glyphs } from '../glyphs.ts'
import { LookContext, lookOf } from '../kernel/look.ts'
import { StoreContext } from '../kernel/select.ts'
import type { Screen } from '../screens/screen.ts'
import type { State } from '../state.ts'
import type { Span, Theme } from '../theme.ts'

/** What a screen draws, to be heard: its lines, and which of them is selected (-1: none). */
export interface Drawn {
  lines: readonly string[]
  selected: number
}

/** Wide, so that no column is left out. */
const COLUMNS = 240
const LEAST_ROWS = 24
/** Stands for no character, and Ink lets it pass. */
const HERE = '\ufdd0'
/** Nothing that only a picture needs. */
const SILENT = Object.fromEntries(Object.keys(UNICODE).map((name) => [name, ''])) as Glyphs
const SPOKEN: Theme = {
  colored: true,
  glyphs: { ...SILENT, into: ',', dot: ',' },
  legible: (text) => text,
  paint: spoken,
}

const SPOKEN_LOOK = lookOf(COLUMNS, SPOKEN)

/** For the screens without words of their own: what their components draw without box and columns. */
export function drawn({ Body }: Screen, state: State): Drawn {
  const size = { columns: COLUMNS, rows: Math.max(LEAST_ROWS, state.size.rows) }
  const shown = { ...state, size }
  const store = { get: () => shown, subscribe: () => () => {} }
  const picture = renderToString(
    <StoreContext value={store}>
      <LookContext value={SPOKEN_LOOK}>
        <Box flexDirection="column" paddingX={MARGIN}>
          <Body />
        </Box>
      </LookContext>
    </StoreContext>,
    { columns: COLUMNS },
  )
  const full = picture
    .split('\n')
    .map(tidy)
    .filter((line) => line.replace(HERE, '') !== '')
  return {
    lines: full.map((line) => line.replaceAll(HERE, '')),
    selected: full.findIndex((line) => line.includes(HERE)),
  }
}

/** At the right of the upper edge: whose data these are. */
export function spokenAbout(screen: Screen, state: State): string {
  return tidy(spoken(screen.about?.(state, SPOKEN) ?? []))
}

function spoken(spans: readonly Span[]): string {
  return spans.map(({ text, style }) => (style === 'selected' ? HERE + text : text)).join('')
}

/** Gaps between columns become commas. */
function tidy(line: string): string {
  const here = line.includes(HERE) ? HERE : ''
  const text = line
    .replaceAll(HERE, '')
    .trim()
    .replaceAll(/\s{2,}/g, ', ')
    .replaceAll(/ ,/g, ',')
  return here + text
}
