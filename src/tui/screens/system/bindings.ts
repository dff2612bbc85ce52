import { DRAIN, PAUSE_ALL, RESUME } from '../../acts/bindings.ts'
import { backUp } from '../../acts/engine.ts'
import type { Binding } from '../../keymap.ts'
import { moveBindings, type Move } from '../../list/bindings.ts'
import { lastFrom, systemHeight } from './lines.ts'

const scroll: Move = (session, rows) => {
  const { system, size } = session.state
  const to = system.from + rows(systemHeight(size))
  const from = Math.max(0, Math.min(to, lastFrom(session.state)))
  session.set({ system: { ...system, from } })
}

export const SYSTEM_BINDINGS: readonly Binding[] = [
  { keys: ['B'], label: 'back up', does: 'make a backup of the database now', acts: true, run: backUp },
  RESUME,
  PAUSE_ALL,
  DRAIN,
  ...moveBindings(scroll),
]
