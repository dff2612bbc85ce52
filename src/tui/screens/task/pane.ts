import type { Binding } from '../../keymap.ts'
import type { Session } from '../../session.ts'
import type { State } from '../../state.ts'
import {
  LOG_LOOK_BINDINGS,
  LOG_MATCH_BINDINGS,
  LOG_MOVE_BINDINGS,
  LOG_SEARCH_BINDING,
} from '../log/bindings.ts'
import type { TaskState } from './state.ts'

const TAB = ['tab', 'shift-tab']
const noLog = ({ log }: State) => (log ? null : 'it has not been tried yet')
const notThere = (state: State) =>
  noLog(state) ?? (state.task.pane === 'log' ? null : 'Tab goes to the log first')
const notHere = ({ task }: State) => (task.pane === 'facts' ? null : 'Tab goes back to the facts first')

/** `binding`, which cannot act either where `why` says so. */
const guarded =
  (why: (state: State) => string | null) =>
  (binding: Binding): Binding => ({
    ...binding,
    unavailable: (state) => why(state) ?? binding.unavailable?.(state) ?? null,
  })

/** For what moves through the facts. */
export const inFacts = guarded(notHere)

/** The keys of the log screen that work while the operator is in the log at the foot of the task, or searches it. */
export const PANE_BINDINGS: readonly Binding[] = [
  ...LOG_MATCH_BINDINGS.map(guarded(noLog)),
  ...[...LOG_LOOK_BINDINGS, ...LOG_MOVE_BINDINGS].map(guarded(notThere)),
  {
    keys: TAB,
    label: 'facts',
    does: 'go back to the facts',
    unavailable: notThere,
    run: (session) => goTo(session, 'facts'),
  },
]

/** The ways there. */
export const TO_PANE_BINDINGS: readonly Binding[] = [
  {
    keys: TAB,
    label: 'log',
    does: 'go to the log below',
    unavailable: (state) => noLog(state) ?? notHere(state),
    run: (session) => goTo(session, 'log'),
  },
  guarded(noLog)(LOG_SEARCH_BINDING),
]

/** The log has another height there: what it shows is filled up again. */
function goTo(session: Session, pane: TaskState['pane']): Promise<void> | undefined {
  session.set({ task: { ...session.state.task, pane } })
  return session.log?.dress({})
}
