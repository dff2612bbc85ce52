import { switchSchedule } from '../../acts/engine.ts'
import type { Binding } from '../../keymap.ts'
import { moveBindings, unfilter, type Move } from '../../list/bindings.ts'
import { move } from '../../list/cursor.ts'
import type { Session } from '../../session.ts'
import { scheduleLayout } from './layout.ts'
import { askToRun, whyNoRun } from './run.ts'
import { batchOfRow, ruleInView, ruleKeys } from './state.ts'

const moveInPane: Move = (session, rows) => {
  const { schedule } = session.state
  const layout = scheduleLayout(session.state)
  if (schedule.pane === 'ledger') return void session.lists.slots.move(rows(layout.slots))
  const rule = move(schedule.rule, rows(layout.rules), ruleKeys(schedule))
  return session.set({ schedule: { ...schedule, rule } })
}

function otherPane(session: Session): void {
  const { schedule } = session.state
  session.set({ schedule: { ...schedule, pane: schedule.pane === 'rules' ? 'ledger' : 'rules' } })
}

export const SCHEDULE_BINDINGS: readonly Binding[] = [
  {
    keys: ['enter'],
    label: 'batch',
    does: 'open the batch of the slot, or of the last slot of the rule',
    unavailable: (state) => (batchOfRow(state) === null ? 'no batch came of it' : null),
    async run(session) {
      const batch = batchOfRow(session.state)
      if (batch === null) return
      session.open('dashboard')
      await session.viewBatch(batch)
    },
  },
  {
    keys: ['b'],
    label: 'run now',
    does: 'do now what the rule does at its slots; shows the plan first',
    acts: true,
    unavailable: whyNoRun,
    run: askToRun,
  },
  {
    keys: ['p'],
    label: 'switch',
    does: 'let the slots of the rule pass, or act on them again',
    acts: true,
    unavailable: (state) => (ruleInView(state) ? null : 'no rule in this row'),
    run(session) {
      const rule = ruleInView(session.state)
      return rule && switchSchedule(session, rule.key, !rule.enabled)
    },
  },
  { keys: ['tab', 'shift-tab'], label: 'rules, ledger', does: 'go to the other list', run: otherPane },
  unfilter('slots'),
  ...moveBindings(moveInPane),
]
