import type { Overview } from '../../domain/query.ts'
import { ended, total } from '../bar.ts'
import { plural } from '../format.ts'
import { batchSentence } from './overview.ts'
import { sentence } from './words.ts'

/** What of an overview has been told. */
export interface Told {
  state: string
  alerts: ReadonlySet<string>
  failed: number
  /** Tenths of the batch that are done. */
  tenth: number
  /** When the last figures were told, in monotonic milliseconds. */
  at: number
}

/** Between two tellings of figures, in milliseconds: a voice that counts along is no help. */
const FIGURES_MS = 60_000

export function toldOf({ batch, engine, alerts }: Overview, at: number): Told {
  const counts = batch?.counts
  return {
    state: batch === null ? engine.state : `${batch.batch_id} ${batch.status} ${engine.state}`,
    alerts: new Set(alerts.map(({ message }) => message)),
    failed: counts ? counts.permanently_failed + counts.failed : 0,
    tenth: counts ? Math.floor((10 * ended(counts)) / Math.max(1, total(counts))) : 0,
    at,
  }
}

/**
 * What is worth saying of what has changed, and what has been told then: at once how it stands with the batch and what
 * needs the operator, figures at most once a minute and only where they moved.
 */
export function news(before: Told, overview: Overview, at: number): { sentences: string[]; told: Told } {
  const { batch, alerts, engine } = overview
  const now = toldOf(overview, at)
  const stands = batch ? batchSentence(batch, engine.state) : sentence(`the engine is ${engine.state}`)
  const alarms = alerts
    .filter(({ message }) => !before.alerts.has(message))
    .map(({ message }) => sentence(`needs you: ${message}`))
  if (now.state !== before.state) return { sentences: [stands, ...alarms], told: now }
  const failed = now.failed - before.failed
  const moved = failed > 0 || now.tenth > before.tenth
  if (!moved || at - before.at < FIGURES_MS) {
    const { tenth, at: told_at } = before
    return {
      sentences: alarms,
      told: {
        ...now,
        failed: Math.min(before.failed, now.failed),
        tenth: Math.min(tenth, now.tenth),
        at: told_at,
      },
    }
  }
  const more = failed > 0 ? [`${plural(failed, 'more task')} failed, ${now.failed} in all.`] : []
  return { sentences: [...alarms, stands, ...more], told: now }
}
