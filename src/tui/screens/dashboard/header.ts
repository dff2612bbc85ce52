import type { BatchView } from '../../../domain/query.ts'
import type { TaskStatus } from '../../../domain/task.ts'
import { ended, statusBar, total } from '../../bar.ts'
import { count, duration, minutesText, moment, rough } from '../../format.ts'
import { spanWidth, spread } from '../../frame.ts'
import type { Glyphs } from '../../glyphs.ts'
import type { Shown } from '../../live.ts'
import type { Span, Theme } from '../../theme.ts'
import { batchSpan, TASKS } from '../status.ts'

/** What has to be said before anything else: is it going well, and when will it be done. Always four rows. */
export function headerRows(shown: Shown, cells: number, theme: Theme): Span[][] {
  const { batch } = shown.overview
  if (!batch) return [[{ text: 'No batch yet.' }], [{ text: '`b` starts one.', style: 'dim' }], [], []]
  return [
    stateSpans(batch, shown, theme),
    barSpans(batch, cells, theme),
    countSpans(batch, cells, theme),
    harvestSpans(batch, shown, cells, theme),
  ]
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
  if (batch.eta_s === null || stands) return [...spans, { text: `   done ${glyphs.dash}`, style: 'dim' }]
  return [...spans, ...etaSpans(batch, Math.max(0, batch.eta_s - moving), now, glyphs)]
}

/** At what time, how sure that is, and what it rests on. */
function etaSpans(
  { eta_spread_s, eta_from }: BatchView,
  left: number,
  now: Date,
  { plus_minus }: Glyphs,
): Span[] {
  const at = moment(new Date(now.getTime() + left * 1000), now)
  const sure = eta_spread_s === null ? '' : ` ${plus_minus}${rough(eta_spread_s)}`
  const by = eta_from === null ? '' : `, ${RESTS_ON[eta_from]}`
  return [
    { text: '   done ', style: 'dim' },
    { text: at, style: 'strong' },
    { text: sure },
    { text: `, in ${duration(left)}${by}`, style: 'dim' },
  ]
}

const RESTS_ON: Readonly<Record<NonNullable<BatchView['eta_from']>, string>> = {
  history: 'by its history',
  site: "by its sites' history",
  pace: 'at this pace',
}

/** Rows so far, how fast they come, and against the batch before. */
function harvestSpans(
  batch: BatchView,
  { overview, age_s }: Shown,
  cells: number,
  { glyphs }: Theme,
): Span[] {
  const { rows, elapsed_s, previous } = batch
  const minutes = (elapsed_s + (overview.engine.state === 'running' ? age_s : 0)) / 60
  const spans: Span[] = [{ text: `${count(rows)} rows`, style: 'strong' }]
  if (minutes > 0) spans.push({ text: `   ${count(Math.round(rows / minutes))}/min`, style: 'dim' })
  if (!previous) return spans
  const share = previous.rows === 0 ? glyphs.dash : `${Math.floor((100 * rows) / previous.rows)}%`
  const less = batch.status !== 'running' && rows < previous.rows * WORTH_A_LOOK
  const before: Span[] = [
    { text: share, style: less ? 'warn' : 'plain' },
    { text: ` of ${previous.batch_id}, ${count(previous.rows)} rows`, style: 'dim' },
    ...(!previous.minutes ? [] : [{ text: ` in ${minutesText(previous.minutes)}`, style: 'dim' } as const]),
  ]
  return spread(spans, before, cells)
}

/** A batch that ends with less than this share of the rows of the one before has most likely missed something. */
const WORTH_A_LOOK = 0.9

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
  { status: 'skipped', always: false },
  { status: 'running', always: true },
  { status: 'pending', always: true },
  { status: 'retrying', always: false },
  { status: 'cancelled', always: false },
]

function countSpans({ counts, outputs, recovered }: BatchView, cells: number, theme: Theme): Span[] {
  const shown = COUNTED.filter(({ status, always }) => always || counts[status] > 0)
  const parts = shown.map(({ status }) => countOf(status, counts[status], theme))
  const { suspect, incomplete } = outputs
  if (suspect > 0) parts.splice(1, 0, outputCount(suspect, 'suspect', theme))
  if (incomplete > 0) parts.push(outputCount(incomplete, 'incomplete', theme))
  const spans = parts.reduce<Span[]>((before, part) => {
    const longer = [...before, ...(before.length > 0 ? [{ text: '  ' }] : []), ...part]
    return spanWidth(longer) > cells ? before : longer
  }, [])
  if (recovered === 0) return spans
  const longer: Span[] = [...spans, { text: `  ${count(recovered)} recovered`, style: 'dim' }]
  return spanWidth(longer) > cells ? spans : longer
}

function outputCount(value: number, word: string, { glyphs }: Theme): Span[] {
  return [
    { text: `${glyphs.alert} `, style: 'warn' },
    { text: count(value), style: 'strong' },
    { text: ` ${word}`, style: 'dim' },
  ]
}

function countOf(status: TaskStatus, value: number, { glyphs }: Theme): Span[] {
  const { glyph, word, style } = TASKS[status]
  const none = value === 0
  return [
    { text: `${glyphs[glyph]} `, style: none ? 'dim' : style },
    { text: count(value), style: none ? 'dim' : 'strong' },
    { text: ` ${word}`, style: 'dim' },
  ]
}
