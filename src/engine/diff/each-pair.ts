import { setImmediate } from 'node:timers/promises'
import type { Combination } from '../../domain/codes.ts'
import type { DiffPair } from '../../domain/diff.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import type { Reads } from '../../domain/store.ts'

/** Few enough that reading them holds nothing up. */
const SLICE = 500

/** Every combination of two batches, slice by slice, with room for other work in between. */
export async function* eachPair(
  reads: Pick<Reads, 'diffPairs'>,
  batches: { from: string; to: string; filter: TaskFilter },
): AsyncGenerator<DiffPair> {
  for (let after: Combination | null = null; ;) {
    const slice: Awaited<ReturnType<Reads['diffPairs']>> = await reads.diffPairs({
      ...batches,
      after,
      limit: SLICE,
    })
    yield* slice.pairs
    if (!slice.next) return
    after = slice.next
    await setImmediate()
  }
}
