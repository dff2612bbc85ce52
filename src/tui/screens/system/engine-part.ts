import { parseSqlTime } from '../../../domain/clock.ts'
import type { Overview } from '../../../domain/query.ts'
import type { SystemView } from '../../../domain/system.ts'
import { duration, moment } from '../../format.ts'
import type { Span, Theme } from '../../theme.ts'
import { engineSpan } from '../status.ts'
import { row, rowOf, type Line } from './line.ts'

/** Who does the work, since when, and who else listens. */
export function engineLines(
  view: SystemView,
  engine: Overview['engine'],
  now: Date,
  cells: number,
  theme: Theme,
): Line[] {
  const { pid, started_at, closing_stops_work, state } = engine
  const { version, node, uptime_s, clients, socket } = view
  const dim = (text: string): Span => ({ text, style: 'dim' })
  const since = started_at === null ? null : moment(parseSqlTime(started_at), now)
  // In whole minutes, so that nothing moves each second.
  const up = uptime_s === null || uptime_s < 60 ? '' : `, for ${duration(Math.floor(uptime_s / 60) * 60)}`
  return [
    { kind: 'title', title: 'Engine' },
    rowOf(
      'State',
      [
        engineSpan(state, theme.glyphs),
        { text: pid === null ? 'no engine is alive' : `pid ${pid}` },
        dim(since === null ? '' : `since ${since}${up}`),
        dim(`Zafra ${version}, Node ${node}`),
      ],
      cells,
    ),
    row('Listening', { text: clientsText(clients) }, dim(`   ${socketText(socket)}`)),
    row('Leaving', dim(closing_stops_work ? ENDS : GOES_ON)),
  ]
}

const ENDS = 'ends the engine; one that stays: `zafra daemon start`'
const GOES_ON = 'ends nothing: the engine is another process'

function clientsText(clients: number): string {
  if (clients === 0) return 'nobody'
  return clients === 1 ? '1 session' : `${clients} sessions`
}

function socketText(socket: string | null): string {
  return socket === null ? 'no socket: no other session can attach' : `on ${socket}`
}
