import type { Finding } from '../../domain/check.ts'
import { finding, percent, type Evidence } from './findings.ts'
import { BY_CHANCE, median } from './history.ts'

/** A run that says it is not complete must have lost this share of its usual rows before the counter is asked. */
const LOST = 0.9

/**
 * What the scraper says it delivered, and what the portal counts. A run over a limit (pages, robots.txt, what the
 * portal shows at most) takes but a share of what is counted, and says so: that share is held against its usual one.
 */
export function counterFindings({ delivery, thresholds, tally, bad }: Evidence): Finding[] {
  const have = tally.rows + bad
  const { said } = delivery
  const { expected } = delivery.report
  const found: Finding[] = []
  if (said !== null && said > have) {
    const message = `the scraper says it delivered ${said} rows; the file holds ${have}`
    found.push(finding('expected', 'suspect', message, { rows: have, said }))
  }
  const usual = usualShare(delivery, have)
  if (expected === null || usual === undefined) return found
  const due = expected * usual
  if (due - have < BY_CHANCE || have >= due * thresholds.expected) return found
  const most = usual < 1 ? `, of which ${percent(usual)} come usually` : ''
  const message = `${have} rows; the portal counts ${expected}${most}`
  return [...found, finding('expected', 'suspect', message, { rows: have, expected, usual })]
}

/** Which share of the portal's count is to be expected; undefined: nothing can be said. */
function usualShare({ complete, history }: Evidence['delivery'], have: number): number | undefined {
  if (complete !== false) return 1
  const shares = history.flatMap(({ rows, expected }) => (expected ? [Math.min(rows / expected, 1)] : []))
  const lost = history.length > 0 && have < LOST * median(history.map(({ rows }) => rows))
  return lost && shares.length > 0 ? median(shares) : undefined
}
