import { safeDeep } from '../../../domain/safe.ts'
import { Divider } from '../../components/frame.tsx'
import { Line, Note } from '../../components/line.tsx'
import { count } from '../../format.ts'
import { useLook } from '../../kernel/look.ts'
import { useHeight, useSelect } from '../../kernel/select.ts'
import type { Session } from '../../session.ts'
import type { State } from '../../state.ts'
import type { Span } from '../../theme.ts'
import type { Copy, Screen } from '../screen.ts'
import { SYSTEM_BINDINGS } from './bindings.ts'
import { lastFrom, systemHeight, systemLines } from './lines.ts'

/** The engine, the machine it works on, and the database. */
export const SYSTEM: Screen = {
  name: 'system',
  title: 'System',
  key: '7',
  bindings: SYSTEM_BINDINGS,
  Body: System,
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

function System() {
  const { theme, inner } = useLook()
  const height = useHeight()
  const state = useSelect(({ system, shown, size }) => ({ system, shown, size }))
  const lines = systemLines(state, inner, theme)
  if (lines.length === 0) return <Note text="Waiting for the engine" />
  const from = Math.min(state.system.from, lastFrom(state))
  return lines
    .slice(from, from + height)
    .map((line, row) =>
      line.kind === 'title' ? (
        <Divider key={row} title={[{ text: line.title, style: 'strong' }]} />
      ) : (
        <Line key={row} spans={line.spans} />
      ),
    )
}

function place(state: Pick<State, 'system' | 'shown' | 'size'>): Span[] {
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
