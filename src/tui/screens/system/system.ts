import { safeDeep } from '../../../domain/safe.ts'
import { count } from '../../format.ts'
import type { Session } from '../../session.ts'
import type { State } from '../../state.ts'
import type { Span } from '../../theme.ts'
import type { Canvas, Copy, Screen } from '../screen.ts'
import { SYSTEM_BINDINGS } from './bindings.ts'
import { lastFrom, systemHeight, systemLines } from './lines.ts'

/** The engine, the machine it works on, and the database. */
export const SYSTEM: Screen = {
  name: 'system',
  title: 'System',
  key: '7',
  bindings: SYSTEM_BINDINGS,
  draw,
  place,
  copies,
  open: (session) => void refresh(session),
  refresh: (session) => void refresh(session),
  // Readings change though nothing happens.
  pace_ms: 2000,
}

async function refresh(session: Session): Promise<void> {
  const { clock, readable } = session.surroundings
  const view = await session.ask({ type: 'system' })
  if (!view) return
  const { system } = session.state
  session.set({ system: { ...system, view: safeDeep(view, readable), now: clock.now() } })
}

function draw(state: State, { frame, theme, height }: Canvas): string[] {
  const lines = systemLines(state, frame.inner, theme)
  if (lines.length === 0) return [frame.row([{ text: 'Waiting for the engine', style: 'dim' }])]
  const from = Math.min(state.system.from, lastFrom(state))
  return lines
    .slice(from, from + height)
    .map((line) =>
      line.kind === 'title' ? frame.divider([{ text: line.title, style: 'strong' }]) : frame.row(line.spans),
    )
}

function place(state: State): Span[] {
  const more = lastFrom(state)
  if (more === 0) return []
  const from = Math.min(state.system.from, more)
  const height = systemHeight(state.size)
  return [{ text: `${from + 1}-${from + height} of ${count(more + height)}`, style: 'dim' }]
}

function copies({ system, shown }: State): Copy[] {
  const pid = shown?.overview.engine.pid ?? null
  const { view } = system
  return [
    ...(pid === null ? [] : [{ key: 'p', what: 'pid', text: String(pid) }]),
    ...(view === null ? [] : [{ key: 'd', what: 'database', text: view.database.path }]),
    ...(view?.socket == null ? [] : [{ key: 's', what: 'socket', text: view.socket }]),
  ]
}
