import { rowAtCursor, topRow } from '../../list/view.ts'
import { Divider } from '../../components/frame.tsx'
import { Lines } from '../../components/line.tsx'
import { Rows } from '../../components/rows.tsx'
import { useLook } from '../../kernel/look.ts'
import { useSelect } from '../../kernel/select.ts'
import { listPlace } from '../../list/place-spans.ts'
import { windowStart } from '../../list/cursor.ts'
import { plural } from '../../format.ts'
import type { Session } from '../../session.ts'
import type { State } from '../../state.ts'
import type { Copy, Screen } from '../screen.ts'
import { SCHEDULE_BINDINGS } from './bindings.ts'
import { scheduleLayout } from './layout.ts'
import { slotColumns } from './ledger.ts'
import { DETAIL_ROWS, ruleColumns, ruleDetail } from './rules.ts'
import { refreshSchedule } from './source.ts'
import { ruleInView, type ScheduleState } from './state.ts'

/** The rules and when they come next; the ledger: what became of each slot, and why. */
export const SCHEDULE: Screen = {
  name: 'schedule',
  title: 'Schedule',
  key: '6',
  bindings: SCHEDULE_BINDINGS,
  Body: Schedule,
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

function Schedule() {
  const state = useSelect(({ size, schedule, lists }) => ({ size, schedule, slots: lists.slots }))
  const layout = scheduleLayout(state)
  return (
    <>
      <Rules schedule={state.schedule} height={layout.rules} />
      <Rule schedule={state.schedule} />
      <Ledger schedule={state.schedule} slots={state.slots} height={layout.slots} />
    </>
  )
}

function Rules({
  schedule: { rules, rule, now, pane },
  height,
}: {
  schedule: ScheduleState
  height: number
}) {
  const { theme } = useLook()
  const start = windowStart(rules?.length ?? 0, rule.index, height)
  return (
    <Rows
      columns={ruleColumns(now, theme)}
      rows={rules?.slice(start) ?? []}
      empty={rules === null ? 'Waiting for the engine' : 'No rules; `schedule` of zafra.yaml holds them'}
      height={height}
      heads
      selected={pane === 'rules' ? rule.index - start : -1}
    />
  )
}

/** All there is to know of the rule under the cursor. */
function Rule({ schedule }: { schedule: ScheduleState }) {
  const { theme, inner } = useLook()
  const rule = useSelect(ruleInView)
  const lines = rule ? ruleDetail(rule, schedule.now, inner, theme) : []
  return (
    <>
      <Divider title={[{ text: rule?.name ?? 'Rule', style: 'strong' }]} />
      <Lines rows={Array.from({ length: DETAIL_ROWS }, (_, index) => lines[index] ?? [])} />
    </>
  )
}

function Ledger({
  schedule: { now, pane },
  slots,
  height,
}: {
  schedule: ScheduleState
  slots: State['lists']['slots']
  height: number
}) {
  const { theme } = useLook()
  const { offset, rows, total, cursor, search } = slots
  const none = search === '' ? 'No slot was due yet' : `No slot matches "${search}"; Esc shows all`
  const top = topRow(slots, height)
  const own = pane === 'ledger'
  const note = total === null ? '' : plural(total, 'slot')
  return (
    <>
      <Divider
        title={[{ text: 'Ledger', style: own ? 'title' : 'strong' }]}
        note={[{ text: note, style: 'dim' }]}
      />
      <Rows
        columns={slotColumns(now, theme)}
        rows={rows.slice(Math.max(0, top - offset))}
        empty={total === null ? 'Waiting for the engine' : none}
        height={height}
        heads
        selected={own ? cursor.index - Math.max(top, offset) : -1}
      />
    </>
  )
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
