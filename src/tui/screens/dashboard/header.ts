import type { BatchView, Overview } from '../../../domain/query.ts'
import type { TaskStatus } from '../../../domain/task.ts'
import { ended, statusBar, total } from '../../bar.ts'
import { count, duration, moment } from '../../format.ts'
import { spanWidth, spread } from '../../frame.ts'
import type { Shown } from '../../live.ts'
import type { Span, Theme } from '../../theme.ts'
import { batchSpan, TASKS } from '../status.ts'

/** What has to be said before anything else: is it going well, and when will it be done. */
export function headerRows(shown: Shown, cells: number, theme: Theme): Span[][] {
  const { batch } = shown.overview
  if (!batch) return [[{ text: 'No batch yet.' }], [{ text: 'zafra run starts one.', style: 'dim' }], []]
  return [
    spread(stateSpans(batch, shown, theme), [{ text: `${count(batch.rows)} rows`, style: 'strong' }], cells),
    barSpans(batch, cells, theme),
    countSpans(batch, cells, theme),
  ]
}

/** At most `limit` lines for what needs the operator; the last one begins with how many more there are. */
export function alertRows({ alerts }: Overview, limit: number, { glyphs }: Theme): Span[][] {
  const hidden = alerts.length - limit
  return alerts.slice(0, limit).map(({ message }, index) => {
    const more = hidden > 0 && index === limit - 1 ? `(+${hidden}) ` : ''
    return [{ text: `${glyphs.alert} ${more}${message}`, style: 'warn' }]
  })
}

function stateSpans(batch: BatchView, { overview, now, age_s }: Shown, { glyphs }: Theme): Span[] {
  const state = batchSpan(batch, overview.engine.state, glyphs)
  const spans: Span[] = [state, { text: '   ' }]
  if (batch.status !== 'running') {
    return [...spans, { text: `took ${duration(batch.elapsed_s)}` }]
  }
  const moving = overview.engine.state !== 'interrupted' ? age_s : 0
  spans.push({ text: `${duration(batch.elapsed_s + moving)} elapsed` })
  // While nothing starts, no moment can be told at which it is done.
  const stands = ['paused', 'interrupted'].includes(overview.engine.state)
  if (batch.eta_s === null || stands) return [...spans, { text: `   ETA ${glyphs.dash}`, style: 'dim' }]
  const left = Math.max(0, batch.eta_s - moving)
  const at = moment(new Date(now.getTime() + left * 1000), now)
  return [
    ...spans,
    { text: '   ETA ', style: 'dim' },
    { text: duration(left) },
    { text: ` (${at})`, style: 'dim' },
  ]
}

function barSpans({ counts }: BatchView, cells: number, { glyphs }: Theme): Span[] {
  const all = total(counts)
  const finished = ended(counts)
  const percent = all === 0 ? 0 : Math.floor((100 * finished) / all)
  const figures = `${count(finished)}/${count(all)}`
  const label = `  ${String(percent).padStart(3)}%  ${figures}`
  return [...statusBar(counts, cells - label.length, glyphs), { text: label, style: 'strong' }]
}

/** In the order of what the operator asks first; the last ones are left out where the line is short. */
const COUNTED: readonly { status: TaskStatus; always: boolean }[] = [
  { status: 'completed', always: true },
  { status: 'permanently_failed', always: true },
  { status: 'failed', always: false },
  { status: 'running', always: true },
  { status: 'pending', always: true },
  { status: 'retrying', always: false },
  { status: 'cancelled', always: false },
]

function countSpans({ counts }: BatchView, cells: number, theme: Theme): Span[] {
  const shown = COUNTED.filter(({ status, always }) => always || counts[status] > 0)
  return shown.reduce<Span[]>((spans, { status }) => {
    const longer = [...spans, ...countOf(status, counts[status], spans.length > 0, theme)]
    return spanWidth(longer) > cells ? spans : longer
  }, [])
}

function countOf(status: TaskStatus, value: number, apart: boolean, { glyphs }: Theme): Span[] {
  const { glyph, word, style } = TASKS[status]
  const none = value === 0
  return [
    { text: `${apart ? '  ' : ''}${glyphs[glyph]} `, style: none ? 'dim' : style },
    { text: count(value), style: none ? 'dim' : 'strong' },
    { text: ` ${word}`, style: 'dim' },
  ]
}
