import { parseSqlTime } from '../../../domain/clock.ts'
import type { Attempt, AttemptOutcome } from '../../../domain/attempt.ts'
import { isMended, type Verdict } from '../../../domain/check.ts'
import type { TaskStatus } from '../../../domain/task.ts'
import { bytes, count, duration, moment } from '../../format.ts'
import type { Glyphs } from '../../glyphs.ts'
import { windowStart } from '../../list/cursor.ts'
import { fit } from '../../text.ts'
import type { Style } from '../../style.ts'
import type { Span, Theme } from '../../theme.ts'
import { metricRows } from './metrics.ts'
import { NAME, named, wrapped } from './wrapped.ts'

const CELLS = 20

const OUTCOMES: Readonly<Record<AttemptOutcome | 'running', { glyph: keyof Glyphs; style: Style }>> = {
  running: { glyph: 'running', style: 'accent' },
  completed: { glyph: 'done', style: 'good' },
  failed: { glyph: 'failed', style: 'bad' },
  cancelled: { glyph: 'cancelled', style: 'dim' },
  interrupted: { glyph: 'pending', style: 'warn' },
}

const VERDICTS: Readonly<Record<Verdict, { glyph: keyof Glyphs; style: Style }>> = {
  ok: { glyph: 'done', style: 'good' },
  suspect: { glyph: 'held', style: 'warn' },
  failed: { glyph: 'failed', style: 'bad' },
}

/** @param status of the task whose attempt it is */
export function verdictSpan(
  { verdict, accepted_at }: Attempt,
  status: TaskStatus,
  glyphs: Glyphs,
): Span | null {
  if (verdict === null) return null
  if (isMended(verdict, status))
    return { text: `${glyphs[VERDICTS[verdict].glyph]} mended later`, style: 'dim' }
  const { glyph, style } = VERDICTS[verdict]
  if (accepted_at !== null) return { text: `${glyphs.done} ${verdict}, accepted`, style: 'good' }
  return { text: `${glyphs[glyph]} ${verdict}`, style }
}

/** One column per attempt, as many as fit around the one looked at; a row that would say nothing is left out. */
export function attemptRows(
  attempts: readonly Attempt[],
  own: Attempt,
  { cells, now, status }: { cells: number; now: Date; status: TaskStatus },
  { glyphs }: Theme,
): Span[][] {
  const room = Math.max(1, Math.floor((cells - NAME) / CELLS))
  const first = windowStart(attempts.length, attempts.indexOf(own), room)
  const shown = attempts.slice(first, first + room)
  const text = (value: string | null): Span | null => (value === null ? null : { text: value })
  const row = (name: string, cell: (attempt: Attempt) => Span | null): Span[][] => {
    const spans = shown.map(cell)
    if (spans.every((span) => span === null)) return []
    return [
      [
        named(name),
        ...spans.map((span) => {
          const { text: own_text, style = 'plain' } = span ?? { text: glyphs.dash, style: 'dim' as const }
          return { text: `${fit(own_text, CELLS - 1, 'left', glyphs.ellipsis)} `, style }
        }),
      ],
    ]
  }
  return [
    ...messageRows(own, cells),
    ...row('Attempt', (each) =>
      each === own
        ? { text: `${glyphs.cursor} ${each.number}`, style: 'strong' }
        : { text: `  ${each.number}`, style: 'dim' },
    ),
    ...row('Outcome', (each) => outcomeSpan(each, glyphs)),
    ...row('Class', ({ error_class }) => error_class && { text: error_class, style: 'bad' }),
    ...row('Exit', ({ exit_code, signal }) =>
      text(signal ?? (exit_code === null ? null : String(exit_code))),
    ),
    ...row('HTTP', ({ http_status }) => text(http_status === null ? null : String(http_status))),
    ...row('Began', ({ started_at }) => text(moment(parseSqlTime(started_at), now))),
    ...row('Took', (each) => text(duration(secondsOf(each, now)))),
    ...row('Rows', ({ rows }) => text(rows === null ? null : count(rows))),
    ...row('Size', ({ file_size_bytes }) => text(file_size_bytes === null ? null : bytes(file_size_bytes))),
    ...row('Peak CPU', ({ peak_cpu_percent: cpu }) => text(cpu === null ? null : `${Math.round(cpu)} %`)),
    ...row('Peak mem', ({ peak_memory_bytes: memory }) => text(memory === null ? null : bytes(memory))),
    ...row('Checks', (each) => verdictSpan(each, status, glyphs)),
  ]
}

function outcomeSpan({ outcome }: Attempt, glyphs: Glyphs): Span {
  const word = outcome ?? 'running'
  const { glyph, style } = OUTCOMES[word]
  return { text: `${glyphs[glyph]} ${word}`, style }
}

function secondsOf({ started_at, ended_at }: Attempt, now: Date): number {
  const end = ended_at === null ? now : parseSqlTime(ended_at)
  return (end.getTime() - parseSqlTime(started_at).getTime()) / 1000
}

/** What the attempt looked at died of, and what its scraper measured. */
function messageRows({ error_message, error_url, metrics }: Attempt, cells: number): Span[][] {
  return [
    ...wrapped('Message', error_message, cells, { style: 'bad' }),
    ...wrapped('At', error_url, cells, { style: 'plain' }),
    ...metricRows(metrics, cells),
  ]
}
