import type { BatchSummary } from '../../../domain/query.ts'
import { safeDeep } from '../../../domain/safe.ts'
import { pagedSource } from '../../list/memory-source.ts'
import type { Source } from '../../list/source.ts'
import type { ListHost } from '../../lists.ts'
import type { Session } from '../../session.ts'
import type { BatchSort } from './columns.ts'
import { batchKey, secondsTaken, successOf } from './state.ts'

/** Batches in a sparkline, as long as the screen has room. */
const TREND = 120
const FIELDS = ['batch', 'status', 'rows', 'minutes'] as const

/** Every batch, the newest first. A search or another order needs them all: there are some twenty a year. */
export function batchSource({
  engine,
  readable,
}: Pick<ListHost, 'engine' | 'readable'>): Source<BatchSummary, BatchSort> {
  const ask = async (offset: number, limit: number) => {
    const { total, batches } = await engine.query({ type: 'batches', offset, limit })
    return { total, rows: safeDeep(batches, readable) }
  }
  return pagedSource<BatchSummary, BatchSort>(ask, {
    id: batchKey,
    readable,
    fields: FIELDS,
    searched: (batch) => ({
      text: [batch.batch_id, batch.status],
      words: { batch: [batch.batch_id], status: [batch.status] },
      numbers: { rows: batch.rows, minutes: minutesTaken(batch) },
    }),
    value: (batch, by) => VALUES[by](batch),
  })
}

/** What is not known yet is less than nothing. */
const VALUES: Readonly<Record<BatchSort, (batch: BatchSummary) => string | number>> = {
  begin: ({ id }) => id,
  status: ({ status }) => status,
  tasks: ({ total_tasks }) => total_tasks,
  failed: ({ failed_tasks }) => failed_tasks,
  success: (batch) => successOf(batch) ?? -1,
  rows: ({ rows }) => rows,
  minutes: (batch) => minutesTaken(batch) ?? -1,
}

function minutesTaken(batch: BatchSummary): number | null {
  const seconds = secondsTaken(batch)
  return seconds === null ? null : seconds / 60
}

/** Asks for what the sparklines are drawn of; one question at a time. */
export async function loadTrend(session: Session): Promise<void> {
  const { batches } = session.state
  if (batches.asking) return
  session.set({ batches: { ...batches, asking: true } })
  const page = await session.ask({ type: 'batches', offset: 0, limit: TREND })
  const trend = page
    ? safeDeep(page.batches, session.surroundings.readable)
        .filter(({ status }) => status !== 'running')
        .toReversed()
    : session.state.batches.trend
  session.set({ batches: { trend, asking: false } })
}
