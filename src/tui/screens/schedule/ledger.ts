import { parseSqlTime } from '../../../domain/clock.ts'
import type { Slot } from '../../../domain/schedule.ts'
import { moment } from '../../format.ts'
import type { Column } from '../../table.ts'
import type { Theme } from '../../theme.ts'
import { decisionSpan } from './looks.ts'

/** One row per slot: what became of it, and why. */
export function slotColumns(now: Date, { glyphs }: Theme): Column<Slot>[] {
  const time = (at: string) => moment(parseSqlTime(at), now)
  return [
    { title: 'Slot', width: 12, align: 'right', cell: ({ slot }) => ({ text: time(slot), style: 'strong' }) },
    { title: 'Rule', width: 10, grow: 4, max: 20, cell: ({ schedule }) => ({ text: schedule }) },
    { title: 'What', width: 11, cell: ({ decision }) => decisionSpan(decision, glyphs) },
    {
      title: 'Batch',
      width: 9,
      cell: ({ batch_id }) =>
        batch_id === null ? { text: glyphs.dash, style: 'dim' } : { text: batch_id, style: 'accent' },
    },
    {
      title: 'Decided',
      width: 12,
      from: 110,
      align: 'right',
      cell: ({ decided_at }) => ({ text: time(decided_at), style: 'dim' }),
    },
    { title: 'Why', width: 8, grow: 8, cell: ({ reason }) => ({ text: reason, style: 'dim' }) },
  ]
}
