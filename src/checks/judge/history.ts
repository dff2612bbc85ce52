import type { Finding, PastOutput } from '../../domain/check.ts'
import { finding, percent, type Evidence } from './findings.ts'
import { median } from './median.ts'

/** Outputs that differ by less rows than this differ by chance. */
export const BY_CHANCE = 10
/** A column that is seldom filled says little when it is filled less, or not there (feature buttons of inm24_det). */
const USUAL = 0.5
/** Seconds: below this a duration says more about the machine than about the site. */
const SHORT = 30

/** What an output says beside the last ones of its combination. */
export function historyFindings(evidence: Evidence): Finding[] {
  return [...rows(evidence), ...coverage(evidence), ...pace(evidence)]
}

function rows({ delivery, alike, thresholds, tally }: Evidence): Finding[] {
  if (alike.length === 0) return lostMost({ delivery, thresholds, tally })
  // Whether a list that the portal itself calls empty is sold out is for the operator to say.
  if (tally.rows === 0 && delivery.report.expected === 0) return []
  const usual = median(alike.map((each) => each.rows))
  const share = tally.rows / usual
  if (Math.abs(usual - tally.rows) < BY_CHANCE) return []
  const message = `${tally.rows} rows; ${before(alike.length)} ${usual}`
  const numbers = { rows: tally.rows, median: usual }
  if (share < thresholds.rows_failed) return [finding('rows', 'failed', message, numbers)]
  const odd = share < thresholds.rows_low || share > thresholds.rows_high
  return odd ? [finding('rows', 'suspect', message, numbers)] : []
}

/** A list that ends at a limit for the first time is no fault; one that loses most of its rows by it may be. */
function lostMost({
  delivery,
  thresholds,
  tally,
}: Pick<Evidence, 'delivery' | 'thresholds' | 'tally'>): Finding[] {
  const { history } = delivery
  const whole = history.filter(({ stopped_by }) => stopped_by === null).map((each) => each.rows)
  const usual = median(whole)
  if (whole.length === 0 || usual - tally.rows < BY_CHANCE || tally.rows >= usual * thresholds.rows_low)
    return []
  const message = `${tally.rows} rows at a limit that did not end it before; ${before(whole.length)} ${usual}`
  return [finding('rows', 'suspect', message, { rows: tally.rows, median: usual })]
}

function coverage({ delivery: { history }, thresholds, tally, columns }: Evidence): Finding[] {
  if (tally.rows < BY_CHANCE) return []
  const share = (at: number) => tally.filled[at]! / tally.rows
  const low = columns.flatMap((column, at) => {
    const limit = thresholds.coverage[column]
    if (limit !== undefined && share(at) < limit) return less(column, share(at), limit, 'at least')
    const usual = usualCoverage(history, column)
    const fell = usual !== undefined && usual - share(at) > thresholds.coverage_drop
    return fell ? less(column, share(at), usual, 'usually') : []
  })
  return [...low, ...gone(history, columns)]
}

function less(column: string, share: number, limit: number, word: string): Finding[] {
  const message = `${named(column)} is filled in ${percent(share)} of the rows, ${word} ${percent(limit)}`
  return [finding('coverage', 'suspect', message, { share, limit })]
}

/** A header is foreign: a name of it may be as long as it likes. */
function named(column: string): string {
  return column.slice(0, 64)
}

function usualCoverage(history: readonly PastOutput[], column: string): number | undefined {
  const shares = history.map((each) => each.coverage[column]).filter((share) => share !== undefined)
  return shares.length > 0 ? median(shares) : undefined
}

/** Columns that every earlier output had, filled, and this one has not. */
function gone(history: readonly PastOutput[], columns: readonly string[]): Finding[] {
  const [last] = history
  if (!last) return []
  return Object.keys(last.coverage)
    .filter((column) => !columns.includes(column))
    .filter((column) => history.every((each) => (each.coverage[column] ?? 0) >= USUAL))
    .map((column) => finding('column_gone', 'suspect', `there is no column ${named(column)} any more`))
}

/** A site that answers slowly delivers what it delivers: that is worth saying, and no reason to doubt the rows. */
function pace({ delivery: { seconds }, alike, thresholds }: Evidence): Finding[] {
  const past = alike.map((each) => each.seconds).filter((each) => each !== null)
  if (seconds === null || past.length === 0) return []
  const usual = median(past)
  const message = `finished after ${Math.round(seconds)} s; ${before(past.length)} ${Math.round(usual)} s`
  const numbers = { seconds, median: usual }
  if (usual >= SHORT && seconds < usual * thresholds.fast)
    return [finding('fast', 'suspect', message, numbers)]
  const slow = seconds >= SHORT && seconds > usual * thresholds.slow
  return slow ? [finding('slow', 'ok', message, numbers)] : []
}

function before(outputs: number): string {
  return outputs === 1 ? 'the last time' : `the median of the last ${outputs} is`
}
