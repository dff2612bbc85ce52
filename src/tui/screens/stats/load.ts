import { safeDeep } from '../../../domain/safe.ts'
import type { Session } from '../../session.ts'
import { SPANS, withFigures } from './state.ts'

/** The figures are counted over all tasks of the span, so they are not asked for at every change. */
export const STATS_PACE_MS = 60_000

/** Asks for the figures of the span that is chosen; chosen anew meanwhile, once more afterwards. */
export async function loadStats(session: Session): Promise<void> {
  const { stats } = session.state
  if (stats.asking) return
  session.set({ stats: { ...stats, asking: true } })
  const { days } = stats
  const figures = await figuresOf(session, days)
  const now = { ...session.state.stats, asking: false }
  session.set({ stats: figures ? withFigures(now, figures) : now })
  if (figures && now.days !== days) await loadStats(session)
}

/** The same unless what is shown is young enough. */
export async function renewStats(session: Session): Promise<void> {
  const { figures, days } = session.state.stats
  const age = figures ? session.surroundings.clock.now().getTime() - figures.at.getTime() : Infinity
  if (age >= STATS_PACE_MS || figures?.days !== days) await loadStats(session)
}

export async function nextSpan(session: Session): Promise<void> {
  const { stats } = session.state
  const days = SPANS[(SPANS.indexOf(stats.days) + 1) % SPANS.length] ?? stats.days
  session.set({ stats: { ...stats, days } })
  await loadStats(session)
}

async function figuresOf(session: Session, days: (typeof SPANS)[number]) {
  const { clock, readable } = session.surroundings
  const at = clock.now()
  const scrapers = await session.ask({ type: 'stats', of: 'scrapers', days })
  const trends = scrapers && (await session.ask({ type: 'stats', of: 'trends', days }))
  const errors = trends && (await session.ask({ type: 'stats', of: 'errors', days }))
  if (!errors) return undefined
  return { days, at, ...safeDeep({ scrapers, trends: trends.toReversed(), errors }, readable) }
}
