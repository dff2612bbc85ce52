import type { State } from '../../state.ts'
import { DETAIL_ROWS } from './rules.ts'

/** How many rows each part has. */
export interface ScheduleLayout {
  rules: number
  slots: number
}

/** The edges and the footer; then heads, a title, and a title with heads. */
const FIXED_ROWS = 3 + 1 + 1 + 2

/** The rules have what they need, up to half of what there is; the ledger has the rest. */
export function scheduleLayout({ size, schedule }: Pick<State, 'size' | 'schedule'>): ScheduleLayout {
  const room = size.rows - FIXED_ROWS - DETAIL_ROWS
  const wanted = Math.max(1, schedule.rules?.length ?? 1)
  const rules = Math.min(wanted, Math.floor(room / 2))
  return { rules, slots: Math.max(1, room - rules) }
}
