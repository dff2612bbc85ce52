import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { Counter, Histogram, type Registry } from 'prom-client'
import { JOURNAL_TIMINGS, SNAPSHOT_TIMINGS, type Timing } from '../domain/timings.ts'

/** How long the database's writes in this process take. The returned function ends the listening. */
export function createWrites(registry: Registry): () => void {
  const registers = [registry]
  const snapshots = new Histogram({
    name: 'zafra_snapshot_duration_seconds',
    help: 'How long it took to write the database file',
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const appends = new Histogram({
    name: 'zafra_journal_append_duration_seconds',
    help: 'How long it took to make a transaction durable',
    buckets: [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1],
    registers,
  })
  const written = new Counter({
    name: 'zafra_journal_written_bytes_total',
    help: 'Bytes of transactions made durable',
    registers,
  })
  const hearSnapshot = (message: unknown) => snapshots.observe((message as Timing).seconds)
  const hearAppend = (message: unknown) => {
    const { seconds, bytes } = message as Timing
    appends.observe(seconds)
    written.inc(bytes)
  }
  subscribe(SNAPSHOT_TIMINGS, hearSnapshot)
  subscribe(JOURNAL_TIMINGS, hearAppend)
  return () => {
    unsubscribe(SNAPSHOT_TIMINGS, hearSnapshot)
    unsubscribe(JOURNAL_TIMINGS, hearAppend)
  }
}
