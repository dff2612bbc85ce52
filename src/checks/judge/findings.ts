import type { CheckConfig, Delivery, Finding, FindingCode, PastOutput, Verdict } from '../../domain/check.ts'
import type { Profile } from '../../domain/profile.ts'
import type { Contradicted } from './asked.ts'
import type { Previous } from './previous.ts'
import type { Sampled } from './sample.ts'
import type { Tally } from './tally.ts'

/** All that is known of an output when its last row is read. */
export interface Evidence {
  /** Its history has HISTORY outputs at most: those of `alike`, or others where there are none. */
  delivery: Delivery
  thresholds: CheckConfig
  /** The earlier outputs that ended as this one did: all of the list, or at the same limit. */
  alike: readonly PastOutput[]
  columns: readonly string[]
  tally: Tally
  /** When the file was written by the clock that its scraper had, in milliseconds since 1970. */
  written: number
  /** Rows that were taken out. */
  bad: number
  /** A sample of the good ones. */
  rows: readonly Sampled[]
  profile: Omit<Profile, 'contradicts' | 'overlap'>
  contradicted: Contradicted
  /** Undefined where there is none that can be read. */
  previous: Previous | undefined
}

/** Fewer odd rows than this prove nothing, however few rows there are. */
export const FEW = 3

export function finding(
  code: FindingCode,
  verdict: Verdict,
  message: string,
  numbers: Finding['numbers'] = {},
): Finding {
  return { code, verdict, message, numbers }
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`
}

/** `suspect` where more than `limit` of `all` are odd, and more than a few. */
function tooMany(
  code: FindingCode,
  { odd, all, limit }: { odd: number; all: number; limit: number },
  what: string,
): Finding[] {
  if (odd < FEW || odd <= all * limit) return []
  const message = `${odd} of ${all} ${what} (${percent(odd / all)}, at most ${percent(limit)})`
  return [finding(code, 'suspect', message, { odd, all, limit })]
}

/** What the rows themselves say, whatever was delivered before. */
export function rowFindings({ thresholds, tally, bad, delivery }: Evidence): Finding[] {
  const { out_of_range, outside_mexico, mojibake, duplicates } = thresholds
  const { operation } = delivery.task
  return [
    ...badRows(thresholds, tally.rows, bad),
    ...tooMany(
      'duplicates',
      { odd: tally.duplicates, all: tally.rows, limit: duplicates },
      'rows repeat a listing',
    ),
    ...tooMany(
      'price',
      { odd: tally.pricesOff, all: tally.priced, limit: out_of_range },
      `prices are not what ${operation} costs`,
    ),
    ...tooMany(
      'area',
      { odd: tally.areasOff, all: tally.areas, limit: out_of_range },
      'areas are not above 0 m²',
    ),
    ...tooMany(
      'coordinates',
      { odd: tally.placedOff, all: tally.placed, limit: outside_mexico },
      'coordinates are not in Mexico',
    ),
    ...tooMany(
      'mojibake',
      { odd: tally.mojibake, all: tally.rows, limit: mojibake },
      'rows hold text decoded by the wrong charset',
    ),
  ]
}

function badRows(
  { bad_rows, bad_rows_failed, quarantine_rows }: CheckConfig,
  good: number,
  bad: number,
): Finding[] {
  if (bad === 0) return []
  const all = good + bad
  const numbers = { bad, all, limit: bad_rows }
  const message = `${bad} of ${all} rows do not hold what their columns say (${percent(bad / all)})`
  if (good === 0 || bad > all * bad_rows_failed || bad > quarantine_rows) {
    return [finding('bad_rows', 'failed', message, numbers)]
  }
  const suspect = bad >= FEW && bad > all * bad_rows
  return [finding('bad_rows', suspect ? 'suspect' : 'ok', `${message}: quarantined`, numbers)]
}
