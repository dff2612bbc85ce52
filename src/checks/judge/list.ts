import type { Finding } from '../../domain/check.ts'
import type { ListStop } from '../../domain/list-report.ts'
import { finding, percent, type Evidence } from './findings.ts'
import { overlapOf } from './again.ts'

/** Listings that an estimate may miss by chance. */
const BY_CHANCE = 10
/** An output whose listings were there before, in such a share, is the list that was asked for. */
const KNOWN_AGAIN = 0.3
/** The share of rows that must tell of what city they are. */
const TELLING = 0.5

/** What the scraper reports of the list: where it led, where it ended, what it could not see. */
export function listFindings(evidence: Evidence): Finding[] {
  return [
    ...redirected(evidence),
    ...soldOut(evidence),
    ...stopped(evidence),
    ...repeats(evidence),
    ...unseen(evidence),
    ...unpriced(evidence),
  ]
}

/** Another address may be the same list under a new name, which its rows must show. */
function redirected({ delivery, contradicted, previous, tally, rows, thresholds }: Evidence): Finding[] {
  const { redirected_to } = delivery.report
  if (redirected_to === null) return []
  const share = overlapOf(previous, tally.rows)
  const { odd = 0, all = 0 } = contradicted.city ?? {}
  const tell = all > 0 && all >= rows.length * TELLING && odd <= all * thresholds.others
  const right = share === undefined ? tell && !previous : share >= KNOWN_AGAIN
  const why = right
    ? share === undefined
      ? 'its rows are of the city that was asked for'
      : 'its listings are those of the last good output'
    : 'nothing shows that it is the list that was asked for'
  return [
    finding('redirected', right ? 'ok' : 'suspect', `the list's address led to ${redirected_to}; ${why}`),
  ]
}

function soldOut({ delivery, tally, bad }: Evidence): Finding[] {
  if (tally.rows + bad > 0 || delivery.mode === 'detail') return []
  const { expected } = delivery.report
  const [last] = delivery.history
  // What the operator took for sold out before is so still.
  if (last?.rows === 0 && !expected) return []
  if (expected) {
    const message = `no rows; the portal counts ${expected}`
    return [finding('expected', 'failed', message, { rows: 0, expected })]
  }
  const counts = expected === 0 ? 'the portal itself counts 0' : 'the portal does not say how many there are'
  return [finding('sold_out', 'suspect', `no rows; ${counts}: accept it if the list is sold out`)]
}

const STOPS: Readonly<Record<ListStop, string>> = {
  max_pages: 'the limit of pages (max_pages) ended it',
  robots: 'robots.txt allows no further page',
  cap: 'the portal shows no more',
}

function stopped({ delivery, tally }: Evidence): Finding[] {
  const { stopped_by, cap, expected } = delivery.report
  const of = expected === null ? '' : ` of the ${expected} that the portal counts`
  const numbers = { rows: tally.rows, ...(expected !== null && { expected }), ...(cap !== null && { cap }) }
  if (stopped_by === 'cap' || (cap !== null && expected !== null && expected > cap)) {
    const most = cap === null ? '' : `: ${cap} at most`
    return [finding('capped', 'ok', `${tally.rows}${of} came; the portal shows no more${most}`, numbers)]
  }
  if (stopped_by !== null) {
    return [finding('limited', 'ok', `${tally.rows}${of} came; ${STOPS[stopped_by]}`, numbers)]
  }
  if (delivery.complete !== false) return []
  const message = `the scraper says that these ${tally.rows} rows${of} are not all, and not why: no later output is held against them`
  return [finding('incomplete', 'ok', message, numbers)]
}

function repeats({ delivery: { report }, thresholds }: Evidence): Finding[] {
  const { cards, repeats: again } = report
  if (!cards || again === null || again <= cards * thresholds.repeats) return []
  const message = `${again} of ${cards} cards repeat a listing (${percent(again / cards)}): each of them hid another one`
  return [finding('repeats', 'ok', message, { repeats: again, cards })]
}

function unseen({ delivery: { report }, tally, thresholds }: Evidence): Finding[] {
  if (!report.unseen || report.stopped_by !== null) return []
  const all = tally.rows + report.unseen
  const many = report.unseen >= BY_CHANCE && report.unseen > all * (1 - thresholds.expected)
  const message = `about ${report.unseen} listings were not seen, beside the ${tally.rows} that were`
  return [finding('unseen', many ? 'suspect' : 'ok', message, { unseen: report.unseen, rows: tally.rows })]
}

function unpriced({ delivery: { report } }: Evidence): Finding[] {
  if (!report.unpriced) return []
  const message = `about ${report.unpriced} listings without a price cannot be seen by a list that is split by price`
  return [finding('unpriced', 'ok', message, { unpriced: report.unpriced })]
}
