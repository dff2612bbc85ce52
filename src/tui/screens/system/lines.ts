import { createFrame } from '../../frame.ts'
import type { Size, State } from '../../state.ts'
import { createTheme, type Theme } from '../../theme.ts'
import { alertLines } from './alerts-part.ts'
import { databaseLines } from './database-part.ts'
import { engineLines } from './engine-part.ts'
import type { Line } from './line.ts'
import { loadLines } from './load-part.ts'

/** All that the screen has to say, from top to bottom; empty until the engine has answered. */
export function systemLines(
  { system, shown }: Pick<State, 'system' | 'shown'>,
  cells: number,
  theme: Theme,
): Line[] {
  const { view, now } = system
  if (!view || !shown) return []
  const { engine, running } = shown.overview
  return [
    ...alertLines(shown, cells, theme),
    ...engineLines(view, engine, now, cells, theme),
    ...loadLines(view, running.length, cells, theme),
    ...databaseLines(view, now, cells),
  ]
}

/** Lines between the edges. */
export function systemHeight({ rows }: Size): number {
  return rows - 3
}

/** The first line on the screen when it is scrolled as far as it goes. */
export function lastFrom(state: Pick<State, 'system' | 'shown' | 'size'>): number {
  const { inner } = createFrame(state.size.columns, PLAIN)
  return Math.max(0, systemLines(state, inner, PLAIN).length - systemHeight(state.size))
}

/** How many lines there are depends on no theme. */
const PLAIN = createTheme({ color: 'none', ascii: true })
