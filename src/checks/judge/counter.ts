import type { Finding, PastOutput } from '../../domain/check.ts'
import { finding, percent, type Evidence } from './findings.ts'
import { BY_CHANCE } from './history.ts'
import { median } from './median.ts'

/** A run over a limit must have lost this share of its usual rows before the counter is asked. */
const LOST = 0.9

/**
 * What the scraper says it delivered, and what the portal counts. A run over a limit (pages, robots.txt, what the
 * portal shows at most) takes but a share of what is counted, and says so: that share is held against its usual one.
 */
export function counterFindings(evidence: Evidence): Finding[] {
  const { delivery, thresholds, tally, bad } = evidence
  const have = tally.rows + bad
  const { said } = delivery
  const { expected } = delivery.report
  const found: Finding[] = []
  if (said !== null && said > have) {
    const message = `the scraper says it delivered ${said} rows; the file holds ${have}`
    found.push(finding('expected', 'suspect', message, { rows: have, said }))
  }
  const usual = usualShare(evidence, have)
  // What of nothing is thought stands with the list that is sold out.
  if (expected === null || usual === undefined || have === 0) return found
  const due = expected * usual
  if (due - have < BY_CHANCE || have >= due * thresholds.expected) return found
  const most = usual < 1 ? `, of which ${percent(usual)} come usually` : ''
  const message = `${have} rows; the portal counts ${expected}${most}, and no limit is the reason`
  return [...found, finding('expected', 'suspect', message, { rows: have, expected, usual })]
}

/** Which share of the portal's count is to be expected; undefined: nothing can be said. */
function usualShare({ delivery: { complete, report }, alike }: Evidence, have: number): number | undefined {
  const { stopped_by, cap, expected } = report
  const shares = alike.flatMap((past: PastOutput) =>
    past.expected ? [Math.min(past.rows / past.expected, 1)] : [],
  )
  const usual = shares.length > 0 ? median(shares) : undefined
  // What says that it is not all, and not why, is held against what the operator accepted of its like.
  if (stopped_by === null) return complete === false ? (usual ?? 1) : 1
  if (stopped_by === 'cap' && cap !== null && expected) return Math.min(1, cap / expected)
  const lost = alike.length > 0 && have < LOST * median(alike.map(({ rows }) => rows))
  return lost ? usual : undefined
}
