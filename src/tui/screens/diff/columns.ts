import type { CombinationDiff, DiffCounts } from '../../../domain/diff.ts'
import { count } from '../../format.ts'
import { sortable, type Sortable } from '../../list/bindings.ts'
import type { Column } from '../../table.ts'
import type { Style } from '../../style.ts'
import type { Span, Theme } from '../../theme.ts'

export type DiffSort = 'website' | keyof DiffCounts

/** What the combinations can be sorted by, in the order of the columns. */
export const DIFF_SORTS = {
  site: sortable('S', 'website', 'site'),
  before: sortable('B', 'before', 'listings before'),
  after: sortable('A', 'after', 'listings after'),
  new: sortable('N', 'new', 'new listings'),
  gone: sortable('O', 'gone', 'listings gone'),
  unseen: sortable('E', 'unseen', 'listings not seen once'),
  back: sortable('K', 'back', 'listings that are back'),
  up: sortable('U', 'up', 'listings that rose'),
  down: sortable('F', 'down', 'listings that fell'),
  currency: sortable('C', 'currency', 'listings whose currency changed'),
}

/** One row per combination: what came, went, rose and fell, or why that is not known. */
export function diffColumns({ glyphs }: Theme): Column<CombinationDiff>[] {
  const figure = (
    title: string,
    sort: Sortable<keyof DiffCounts>,
    style: Style = 'plain',
  ): Column<CombinationDiff> => ({
    title,
    sort,
    width: 6,
    align: 'right',
    cell: (each) => figureOf(each, each[sort.by], style, glyphs.dash),
  })
  const { site, before, after, new: fresh, gone, unseen, back, up, down, currency } = DIFF_SORTS
  return [
    {
      title: 'Site',
      width: 7,
      sort: site,
      cell: ({ website }) => ({ text: website, style: 'strong' }),
    },
    { title: 'City', width: 5, cell: ({ city }) => ({ text: city }) },
    { title: 'Op', width: 5, cell: ({ operation }) => ({ text: operation }) },
    {
      title: 'Prod',
      width: 6,
      cell: ({ product, variant }) => ({ text: variant > 1 ? `${product}-${variant}` : product }),
    },
    { ...figure('Before', before, 'dim'), from: 76 },
    { ...figure('After', after), from: 76 },
    figure('New', fresh, 'good'),
    figure('Gone', gone, 'warn'),
    { ...figure('Unseen', unseen, 'dim'), from: 88 },
    { ...figure('Back', back, 'dim'), from: 128 },
    { ...figure('Up', up, 'accent'), width: 5 },
    { ...figure('Fell', down, 'accent'), width: 5 },
    { ...figure('Curr', currency, 'warn'), width: 5, from: 136 },
    { title: 'Note', width: 6, grow: 1, from: 96, cell: ({ note }) => ({ text: note ?? '', style: 'dim' }) },
  ]
}

function figureOf({ outcome }: CombinationDiff, value: number | null, style: Style, none: string): Span {
  if (outcome !== 'compared' || value === null) return { text: none, style: 'dim' }
  return value === 0 ? { text: '0', style: 'dim' } : { text: count(value), style }
}
