import type { ScheduleView } from '../../../domain/schedule.ts'
import { NOWHERE, settle, type Cursor } from '../../list/cursor.ts'
import { rowAtCursor } from '../../list/view.ts'
import type { State } from '../../state.ts'

/** A rule as it is shown; `key` names it to the engine and never reaches the screen. */
export type Rule = ScheduleView & { key: string }

export interface ScheduleState {
  pane: 'rules' | 'ledger'
  /** Null until the engine has answered. */
  rules: readonly Rule[] | null
  /** Whether the engine is being asked. */
  asking: boolean
  rule: Cursor
  /** When the engine answered. */
  now: Date
}

export function initialSchedule(): ScheduleState {
  return { pane: 'rules', rules: null, asking: false, rule: NOWHERE, now: new Date(0) }
}

export function ruleKeys({ rules }: Pick<ScheduleState, 'rules'>): string[] {
  return (rules ?? []).map(({ key }) => key)
}

/** The rules that the engine has told, with the cursor on the one it was on. */
export function withRules(state: ScheduleState, told: Pick<ScheduleState, 'rules' | 'now'>): ScheduleState {
  return { ...state, ...told, rule: settle(state.rule, ruleKeys(told)) }
}

/** The rule under the cursor: in the ledger, that of the slot. */
export function ruleInView({ schedule, lists }: Pick<State, 'schedule' | 'lists'>): Rule | undefined {
  const { pane, rules, rule } = schedule
  if (pane === 'rules') return rules?.[rule.index]
  const slot = rowAtCursor(lists.slots)
  return rules?.find(({ name }) => name === slot?.schedule)
}

/** The batch that the row leads to: of the slot, or of the last slot of the rule. */
export function batchOfRow({ schedule, lists }: Pick<State, 'schedule' | 'lists'>): string | null {
  const { pane, rules, rule } = schedule
  const slot = pane === 'rules' ? rules?.[rule.index]?.last : rowAtCursor(lists.slots)
  return slot?.batch_id ?? null
}
