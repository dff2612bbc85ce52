import type { DigestSource } from '../domain/digest.ts'
import { diffLines } from '../domain/diff.ts'
import type { Doubt } from '../domain/check.ts'
import type { Reads } from '../domain/store.ts'
import { compareBatches, type DiffParts } from './diff/compare-batches.ts'

/** Doubtful outputs that a digest names one by one. */
const NAMED = 20

/** What the checks and the comparison with the completed batch before say of a batch, in few lines. */
export function createCheckLines(parts: DiffParts & { reads: Reads }): DigestSource {
  return {
    async lines(batch_id) {
      const { doubts } = await parts.reads.doubtful(batch_id, { offset: 0, limit: NAMED, standing: true })
      return { findings: doubts.map(doubtLine), diff: await diffWithBefore(parts, batch_id) }
    },
  }
}

async function diffWithBefore(
  parts: Parameters<typeof createCheckLines>[0],
  batch_id: string,
): Promise<string[]> {
  const batch = await parts.reads.batch(batch_id)
  const before = batch && (await parts.reads.completedBefore(batch.started_at))
  if (!before) return []
  const batches = { from: before.batch_id, to: batch_id, filter: {} }
  return diffLines({ ...batches, ...(await compareBatches(parts, batches)) })
}

function doubtLine({ website, city, operation, product, verdict, findings, task_id }: Doubt): string {
  const what = findings.find((finding) => finding.verdict === verdict) ?? findings[0]
  return `${verdict}: ${website} ${city} ${operation} ${product} (task ${task_id}): ${what?.message ?? 'no reason kept'}`
}
