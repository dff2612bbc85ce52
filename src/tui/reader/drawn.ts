import { createFrame } from '../frame.ts'
import { UNICODE, type Glyphs } from '../glyphs.ts'
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
const HERE = '\u0001'
/** Nothing that only a picture needs. */
const SILENT = Object.fromEntries(Object.keys(UNICODE).map((name) => [name, ''])) as Glyphs
const SPOKEN: Theme = {
  colored: true,
  glyphs: { ...SILENT, into: ',', dot: ',' },
  legible: (text) => text,
  paint: spoken,
}

/** For the screens without words of their own: what they draw without box and columns. */
export function drawn(screen: Screen, state: State): Drawn {
  const size = { columns: COLUMNS, rows: Math.max(LEAST_ROWS, state.size.rows) }
  const canvas = { frame: createFrame(COLUMNS, SPOKEN), theme: SPOKEN, height: size.rows - 3 }
  const lines = screen.draw({ ...state, size }, canvas).map(tidy)
  const full = lines.filter((line) => line.replace(HERE, '') !== '')
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
