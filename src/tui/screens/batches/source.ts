import type { BatchSummary } from '../../../domain/query.ts'
import { safeDeep } from '../../../domain/safe.ts'
import { memorySource } from '../../list/memory-source.ts'
import type { Source } from '../../list/source.ts'
import type { ListHost } from '../../lists.ts'
import type { Session } from '../../session.ts'
import type { BatchSort } from './columns.ts'
import { batchKey, secondsTaken, successOf } from './state.ts'

const PAGE = 1000
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
  const searching = memorySource<BatchSummary, BatchSort>({
    id: batchKey,
    readable,
    fields: FIELDS,
    searched: (batch) => ({
      text: [batch.batch_id, batch.status],
      words: { batch: [batch.batch_id], status: [batch.status] },
      numbers: { rows: batch.rows, minutes: minutesTaken(batch) },
    }),
    value: (batch, by) => VALUES[by](batch),
    async all() {
      const { total, rows } = await ask(0, PAGE)
      for (let more = rows.length; more > 0 && rows.length < total;) {
        const next = (await ask(rows.length, PAGE)).rows
        more = next.length
        rows.push(...next)
      }
      return rows
    },
  })
  return {
    ...searching,
    async page(wanted) {
      if (wanted.search.trim() !== '' || wanted.sort) return searching.page(wanted)
      return { ...(await ask(wanted.offset, wanted.limit)), position: null }
    },
  }
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
