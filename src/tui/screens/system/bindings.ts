import { askToDrain, backUp, resume, whyNoBatchToResume, whyNoDrain } from '../../acts/engine.ts'
import { pauseAll } from '../../acts/sites.ts'
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
  {
    keys: ['d'],
    label: 'drain',
    does: 'let what runs end and start nothing more; asks first',
    acts: true,
    unavailable: whyNoDrain,
    run: askToDrain,
  },
  {
    keys: ['P'],
    label: 'pause all',
    does: 'start nothing more at any site, or go on',
    acts: true,
    run: (session) => pauseAll(session, session.state.shown?.overview.engine.state !== 'paused'),
  },
  {
    keys: ['u'],
    label: 'resume',
    does: 'go on with a batch that left tasks behind',
    acts: true,
    unavailable: whyNoBatchToResume,
    run: (session) => resume(session),
  },
  ...moveBindings(scroll),
]
