import { absentText } from '../../../domain/plan.ts'
import type { Alert, BatchView, Overview } from '../../../domain/query.ts'
import { failedIn } from '../../acts/tasks.ts'
import { count, moment, plural, withMoments } from '../../format.ts'
import { cut, spanWidth, spread } from '../../frame.ts'
import type { Shown } from '../../live.ts'
import { width } from '../../text.ts'
import type { Span, Theme } from '../../theme.ts'
import { parseSqlTime } from '../../../domain/clock.ts'
import { quietFor } from './running.ts'

/**
 * What needs the operator, in at most `limit` lines, or that nothing does; at the right of the first one what waits
 * by itself and when the next slot is due.
 */
export function attentionRows(
  { overview, now }: Shown,
  limit: number,
  cells: number,
  theme: Theme,
): Span[][] {
  const needs = needsOf(overview)
  const waits = waitParts(overview, now, theme)
  if (needs.length === 0) {
    return [withWaits([{ text: `${theme.glyphs.done} nothing needs you`, style: 'good' }], waits, cells)]
  }
  const hidden = needs.length - limit
  return needs.slice(0, limit).map(({ message, answer }, index) => {
    const more = hidden > 0 && index === limit - 1 ? `(+${hidden}) ` : ''
    const key = answer === null ? '' : `; ${answer}`
    const said: Span = { text: `${theme.glyphs.alert} ${more}${withMoments(message, now)}`, style: 'warn' }
    // The key is worth more than the end of a long message.
    const alert: Span[] = [
      ...cut([said], cells - width(key), theme.glyphs.ellipsis),
      { text: key, style: 'warn' },
    ]
    return index === 0 ? withWaits(alert, waits, cells) : alert
  })
}

/** Something that waits for the operator. */
export interface Need {
  message: string
  /** Which key answers it, from the dashboard on; null: none does. */
  answer: string | null
}

/** What waits for the operator, the most pressing first. */
export function needsOf(overview: Pick<Overview, 'alerts' | 'batch' | 'engine' | 'sites'>): Need[] {
  const failed = failedNeed(overview.batch)
  return [
    ...overview.alerts.map((alert) => ({ message: alert.message, answer: answerTo(alert, overview) })),
    ...missingNeeds(overview),
    ...(failed === null ? [] : [failed]),
  ]
}

/** The sites that the batch lacks; while the engine that began it lives, its alert of the lists names them. */
function missingNeeds({ alerts, batch }: Pick<Overview, 'alerts' | 'batch'>): Need[] {
  if (!batch || alerts.some(({ code }) => code === 'lists')) return []
  return batch.absent_sites.map((absent) => ({ message: absentText(absent), answer: null }))
}

/** That tasks of the batch failed and nobody but the operator brings them back; null: none did. */
export function failedNeed(batch: Pick<BatchView, 'counts'> | null): Need | null {
  const failed = batch ? failedIn(batch.counts) : 0
  if (failed === 0) return null
  const skipped = batch?.counts.skipped ?? 0
  return {
    message: `${plural(failed, 'task')} failed for good${skipped === 0 ? '' : `, ${count(skipped)} skipped`}`,
    answer: `R tries ${failed === 1 ? 'it' : 'them'} again`,
  }
}

function answerTo(
  { code, message }: Alert,
  { engine, batch, sites }: Pick<Overview, 'batch' | 'engine' | 'sites'>,
): string | null {
  switch (code) {
    case 'interrupted':
      return engine.state === 'interrupted' && batch && message.includes(batch.batch_id)
        ? 'u resumes it, 4 then c cancels it'
        : '4 then u resumes it, c cancels it'
    case 'paused':
      return sites.some(({ site }) => message.startsWith(`${site} `)) ? 'p in its row goes on' : 'P goes on'
    case 'suspect':
      return batch && message.startsWith(`${batch.batch_id}:`)
        ? 'A accepts them'
        : '4, Enter in its row, then A accepts them'
    case 'backup':
      return '7 then B tries again'
    default:
      return null
  }
}

/** As many of `waits` as there is room for; the first ones matter most. */
function withWaits(said: Span[], waits: readonly Span[], cells: number): Span[] {
  const joined = waits.flatMap((part, index) => (index === 0 ? [part] : [{ text: '   ' }, part]))
  const fits = spanWidth(said) + spanWidth(joined) < cells
  return fits || waits.length === 0 ? spread(said, joined, cells) : withWaits(said, waits.slice(0, -1), cells)
}

function waitParts({ batch, sites, running, next_slot }: Overview, now: Date, { glyphs }: Theme): Span[] {
  const paused = sites.filter(({ state }) => state === 'paused').length
  const retrying = batch?.counts.retrying ?? 0
  const quiet = running.filter((task) => quietFor(task, now) !== null).length
  const parts: Span[] = []
  if (quiet > 0) parts.push({ text: `${glyphs.alert} ${plural(quiet, 'task')} quiet`, style: 'warn' })
  if (paused > 0) parts.push({ text: `${glyphs.paused} ${plural(paused, 'site')} paused`, style: 'warn' })
  if (retrying > 0) parts.push({ text: `${glyphs.retrying} ${retrying} to retry`, style: 'warn' })
  if (next_slot)
    parts.push({
      text: `next ${next_slot.schedule} ${moment(parseSqlTime(next_slot.slot), now)}`,
      style: 'dim',
    })
  return parts
}
