import { channel } from 'node:diagnostics_channel'
import { JOURNAL_TIMINGS, SNAPSHOT_TIMINGS, type Timing } from '../domain/timings.ts'

const CHANNELS = { journal: channel(JOURNAL_TIMINGS), snapshot: channel(SNAPSHOT_TIMINGS) }

const MS_PER_SECOND = 1000

/** Says that a write which went well took so long, to whoever listens in this process. */
export function tellTiming(what: keyof typeof CHANNELS, ms: number, bytes: number): void {
  const timing: Timing = { seconds: ms / MS_PER_SECOND, bytes }
  CHANNELS[what].publish(timing)
}
