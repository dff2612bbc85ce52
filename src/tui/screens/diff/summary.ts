import { onlyLines, type DiffView } from '../../../domain/diff.ts'
import { count, duration } from '../../format.ts'
import { spanWidth } from '../../frame.ts'
import type { Span, Theme } from '../../theme.ts'

/** In sum: how many listings there are, what became of them, what the lists gained and lost, which sites got slower. */
export function summaryRows(view: DiffView, cells: number, theme: Theme): Span[][] {
  return [fullSum(view, cells, theme), urlSpans(view, theme), siteSpans(view, cells, theme), []]
}

/** Without the words that the arrows say too, where there is no room for them. */
function fullSum(view: DiffView, cells: number, theme: Theme): Span[] {
  const full = sumSpans(view, [' dearer', ' cheaper'], theme)
  return spanWidth(full) <= cells ? full : sumSpans(view, ['', ''], theme)
}

function sumSpans({ sum }: DiffView, [dearer, cheaper]: [string, string], { glyphs }: Theme): Span[] {
  const gone = sum.gone === null ? glyphs.dash : count(sum.gone)
  return [
    { text: label('listings') },
    { text: `${count(sum.before)} ${glyphs.to} ${count(sum.after)}`, style: 'strong' },
    { text: '   +', style: 'dim' },
    { text: `${count(sum.new)} new`, style: sum.new === 0 ? 'dim' : 'good' },
    { text: '  -', style: 'dim' },
    { text: `${gone} gone`, style: sum.gone ? 'warn' : 'dim' },
    ...(sum.unseen ? [{ text: `  ${count(sum.unseen)} not seen once`, style: 'dim' } as const] : []),
    { text: `  ${glyphs.ascending}`, style: 'dim' },
    { text: count(sum.up) + dearer, style: sum.up === 0 ? 'dim' : 'accent' },
    { text: `  ${glyphs.descending}`, style: 'dim' },
    { text: count(sum.down) + cheaper, style: sum.down === 0 ? 'dim' : 'accent' },
  ]
}

function urlSpans({ only, rows, urls: { added, gone } }: DiffView, { glyphs }: Theme): Span[] {
  const name: Span = { text: label('lists') }
  const more: Span[] = [
    ...onlyLines(only).map((line): Span => ({ text: `   ${line}`, style: 'warn' })),
    { text: `   data rows ${count(rows.from)} ${glyphs.to} ${count(rows.to)}`, style: 'dim' },
  ]
  if (added + gone === 0) return [name, { text: 'the same addresses', style: 'dim' }, ...more]
  return [
    name,
    { text: `${count(added)} added`, style: added === 0 ? 'dim' : 'good' },
    { text: '  ' },
    { text: `${count(gone)} gone`, style: gone === 0 ? 'dim' : 'warn' },
    { text: '   u shows them', style: 'dim' },
    ...more,
  ]
}

/** The slower sites first, then the others as long as there is room. */
function siteSpans({ sites }: DiffView, cells: number, { glyphs }: Theme): Span[] {
  const name: Span = { text: label('time') }
  if (sites.length === 0) return [name, { text: 'no combination completed in both', style: 'dim' }]
  const order = sites.toSorted((one, other) => Number(other.slower) - Number(one.slower))
  return order.reduce<Span[]>(
    (spans, { website, before, after, slower }, index) => {
      const text = `${website} ${duration(before * 60)} ${glyphs.to} ${duration(after * 60)}`
      const gap = index === 0 ? '' : '   '
      const own: Span = slower
        ? { text: `${gap}${glyphs.alert} ${text} slower`, style: 'warn' }
        : { text: gap + text, style: 'dim' }
      return spanWidth([...spans, own]) > cells ? spans : [...spans, own]
    },
    [name],
  )
}

function label(text: string): string {
  return text.padEnd(10)
}
