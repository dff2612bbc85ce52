import { evidenceText, type Currency } from '../../../domain/diff.ts'
import { count, taskName } from '../../format.ts'
import type { Column } from '../../table.ts'
import type { Span, Theme } from '../../theme.ts'
import type { Change, DiffState } from './state.ts'

type Cell = (change: Extract<Change, { id: string }>) => Span

/** One row per change; of an address there is nothing but itself. */
export function listingColumns({ scope, kind }: DiffState, { glyphs }: Theme): Column<Change>[] {
  const address: Column<Change> = { title: 'Address', width: 20, grow: 3, cell: ({ url }) => ({ text: url }) }
  if (kind === 'added' || kind === 'dropped') return [address]
  const column = (title: string, width: number, cell: Cell, more: Partial<Column<Change>> = {}) => ({
    title,
    width,
    cell: (change: Change) => ('id' in change ? cell(change) : { text: '' }),
    ...more,
  })
  const price = (value: number | null, currency: Currency | null): Span =>
    value === null ? { text: glyphs.dash, style: 'dim' } : { text: `${count(value)} ${currency ?? ''}` }
  const before = column('Before', 14, (each) => price(each.price_before, each.currency_before), {
    align: 'right',
  })
  const after = column('After', 14, (each) => price(each.price_after, each.currency_after), {
    align: 'right',
  })
  const by = column('By', 6, (each) => share(each.price_before, each.price_after), { align: 'right' })
  const prices: Readonly<Record<typeof kind, Column<Change>[]>> = {
    new: [after],
    back: [after],
    gone: [before],
    unseen: [before],
    up: [before, after, by],
    down: [before, after, by],
    currency: [before, after],
  }
  const evidence = column(
    'Evidence',
    30,
    (each) => ({ text: each.evidence ? evidenceText(each.evidence) : '' }),
    {
      from: 70,
      grow: 2,
    },
  )
  const whose = [
    column('Site', 7, ({ website }) => ({ text: website, style: 'strong' })),
    column('Task', 14, (each) => ({ text: taskName(each) }), { from: 100, grow: 1, max: 22 }),
  ]
  return [
    ...(scope ? [] : whose),
    column('Id', 12, ({ id }) => ({ text: id, style: 'dim' }), { from: 110 }),
    ...prices[kind],
    column('Title', 8, ({ title }) => ({ text: title }), { grow: 3 }),
    ...(kind === 'gone' || kind === 'unseen' || kind === 'back' ? [evidence] : []),
    { ...address, from: 90 },
  ]
}

/** By how many percent it changed. */
function share(before: number | null, after: number | null): Span {
  if (before === null || after === null || before === 0) return { text: '' }
  const percent = ((after - before) / before) * 100
  return { text: `${percent > 0 ? '+' : ''}${percent.toFixed(Math.abs(percent) < 10 ? 1 : 0)}%` }
}
