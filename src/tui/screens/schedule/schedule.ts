import { rowAtCursor, topRow } from '../../list/view.ts'
import { listPlace } from '../../list/draw.ts'
import { windowStart } from '../../list/cursor.ts'
import { plural } from '../../format.ts'
import { drawRows } from '../../pane.ts'
import type { Session } from '../../session.ts'
import type { State } from '../../state.ts'
import type { Canvas, Copy, Screen } from '../screen.ts'
import { SCHEDULE_BINDINGS } from './bindings.ts'
import { scheduleLayout } from './layout.ts'
import { slotColumns } from './ledger.ts'
import { DETAIL_ROWS, ruleColumns, ruleDetail } from './rules.ts'
import { refreshSchedule } from './source.ts'
import { ruleInView } from './state.ts'

/** The rules and when they come next; the ledger: what became of each slot, and why. */
export const SCHEDULE: Screen = {
  name: 'schedule',
  title: 'Schedule',
  key: '6',
  bindings: SCHEDULE_BINDINGS,
  draw,
  place: ({ lists, schedule }) => (schedule.pane === 'ledger' ? listPlace(lists.slots) : []),
  waits: ({ lists, state: { schedule } }) =>
    schedule.pane === 'ledger' ? lists.slots.pending : schedule.rules === null && schedule.asking,
  about: ({ lists: { slots } }) => (slots.search === '' ? [] : [{ text: `/${slots.search}`, style: 'warn' }]),
  filter: {
    text: ({ lists }) => lists.slots.search,
    set: searchLedger,
    fault: ({ lists }) => lists.slots.fault,
  },
  copies,
  open: (session) => void refreshSchedule(session),
  refresh: (session) => void refreshSchedule(session),
  // What is told in minutes moves on though nothing happens.
  pace_ms: 30_000,
}

/** The rules are few; what is searched is the ledger, and there the keys go then. */
function searchLedger(session: Session, text: string): void {
  session.set({ schedule: { ...session.state.schedule, pane: 'ledger' } })
  void session.lists.slots.search(text)
}

function draw(state: State, canvas: Canvas): string[] {
  return [...rulesPart(state, canvas), ...detailPart(state, canvas), ...ledgerPart(state, canvas)]
}

function rulesPart(state: State, { frame, theme }: Canvas): string[] {
  const { rules, rule, now, pane } = state.schedule
  const height = scheduleLayout(state).rules
  const start = windowStart(rules?.length ?? 0, rule.index, height)
  return drawRows(
    {
      columns: ruleColumns(now, theme),
      rows: rules?.slice(start) ?? [],
      empty: rules === null ? 'Waiting for the engine' : 'No rules; `schedule` of zafra.yaml holds them',
    },
    { height, heads: true, selected: pane === 'rules' ? rule.index - start : -1 },
    frame,
    theme,
  )
}

function detailPart(state: State, { frame, theme }: Canvas): string[] {
  const rule = ruleInView(state)
  const lines = rule ? ruleDetail(rule, state.schedule.now, frame.inner, theme) : []
  const rows = Array.from({ length: DETAIL_ROWS }, (_, index) => frame.row(lines[index] ?? []))
  return [frame.divider([{ text: rule?.name ?? 'Rule', style: 'strong' }]), ...rows]
}

function ledgerPart(state: State, { frame, theme }: Canvas): string[] {
  const { schedule, lists } = state
  const { offset, rows, total, cursor, search } = lists.slots
  const none = search === '' ? 'No slot was due yet' : `No slot matches "${search}"; Esc shows all`
  const height = scheduleLayout(state).slots
  const top = topRow(lists.slots, height)
  const own = schedule.pane === 'ledger'
  const note = total === null ? '' : plural(total, 'slot')
  return [
    frame.divider([{ text: 'Ledger', style: own ? 'title' : 'strong' }], [{ text: note, style: 'dim' }]),
    ...drawRows(
      {
        columns: slotColumns(schedule.now, theme),
        rows: rows.slice(Math.max(0, top - offset)),
        empty: total === null ? 'Waiting for the engine' : none,
      },
      { height, heads: true, selected: own ? cursor.index - Math.max(top, offset) : -1 },
      frame,
      theme,
    ),
  ]
}

function copies(state: State): Copy[] {
  const { pane } = state.schedule
  const slot = rowAtCursor(state.lists.slots)
  const rule = ruleInView(state)
  if (pane === 'ledger' && slot) {
    return [
      ...(slot.batch_id === null ? [] : [{ key: 'b', what: 'batch', text: slot.batch_id }]),
      { key: 'w', what: 'reason', text: slot.reason },
    ]
  }
  if (!rule) return []
  return [
    { key: 'n', what: 'name', text: rule.name },
    { key: 'c', what: 'cron', text: rule.cron },
  ]
}
