import type { Digest, DigestSource } from '../domain/digest.ts'
import { diffLines } from '../domain/diff.ts'
import type { Doubt } from '../domain/check.ts'
import type { Reads } from '../domain/store.ts'
import { compareBatches, type DiffParts } from './diff/compare-batches.ts'
import { siteLines, siteListings, withoutNews } from './diff/site-listings.ts'

/** Doubtful outputs that a digest names one by one. */
const NAMED = 20

/** What the checks and the comparison with the completed batch before say of a batch, in few lines. */
export function createCheckLines(parts: DiffParts & { reads: Reads }): DigestSource {
  return {
    async lines(batch_id) {
      const { doubts } = await parts.reads.doubtful(batch_id, { offset: 0, limit: NAMED, standing: true })
      const { diff, findings } = await diffWithBefore(parts, batch_id)
      return { findings: [...findings, ...doubts.map(doubtLine)], diff }
    },
  }
}

type Parts = Parameters<typeof createCheckLines>[0]

async function diffWithBefore(parts: Parts, batch_id: string): Promise<Pick<Digest, 'findings' | 'diff'>> {
  const before = await batchBefore(parts, batch_id)
  if (before === null) return { findings: [], diff: [] }
  const batches = { from: before, to: batch_id, filter: {} }
  const compared = await compareBatches(parts, batches)
  const sites = siteListings(compared)
  const findings: string[] = []
  for (const site of withoutNews(sites)) {
    if (await hadNoNews(parts, before, site)) {
      const both = `neither ${before} nor ${batch_id}`
      findings.push(
        `${site}: ${both} has a new listing, though its runs are ok; does it show an old copy of its lists?`,
      )
    }
  }
  return { findings, diff: [...diffLines({ ...batches, ...compared }), ...siteLines(sites)] }
}

/** The completed batch before another one; null: there is none. */
async function batchBefore({ reads }: Parts, batch_id: string): Promise<string | null> {
  const batch = await reads.batch(batch_id)
  const before = batch && (await reads.completedBefore(batch.started_at))
  return before ? before.batch_id : null
}

async function hadNoNews(parts: Parts, batch_id: string, site: string): Promise<boolean> {
  const before = await batchBefore(parts, batch_id)
  if (before === null) return false
  const compared = await compareBatches(parts, { from: before, to: batch_id, filter: { site } })
  return withoutNews(siteListings(compared)).includes(site)
}

function doubtLine({ website, city, operation, product, verdict, findings, task_id }: Doubt): string {
  const what = findings.find((finding) => finding.verdict === verdict) ?? findings[0]
  return `${verdict}: ${website} ${city} ${operation} ${product} (task ${task_id}): ${what?.message ?? 'no reason kept'}`
}
