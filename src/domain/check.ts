import type { Combination } from './codes.ts'
import type { ListReport } from './list-report.ts'
import type { Profile } from './profile.ts'
import type { TaskStatus } from './task.ts'

/**
 * What the checks think of an output. `suspect`: it stands at its place, but nothing is built on it until the
 * operator accepts it. `failed`: it is not accepted, and the attempt fails with class `output`.
 */
export const VERDICTS = ['ok', 'suspect', 'failed'] as const
export type Verdict = (typeof VERDICTS)[number]

/** How the output of a task stands: a suspect one that the operator took is `accepted`. */
export const OUTPUT_CHECKS = ['ok', 'suspect', 'accepted', 'failed'] as const
export type OutputCheck = (typeof OUTPUT_CHECKS)[number]

export const FINDING_CODES = [
  'unreadable', // it is no CSV that anybody can read
  'bad_rows', // rows that do not hold what their columns say
  'rows', // many fewer or more than in the batches before
  'expected', // fewer than the portal counts, or than the scraper says it delivered
  'sold_out', // no rows, as the scraper says that there are none
  'redirected', // the list's address led elsewhere
  'asked', // rows of another city, operation or type of property
  'place', // coordinates far from the city
  'overlap', // hardly any listing of the last good output
  'changed', // the same listings with other values
  'stale', // exactly what an earlier output was
  'level', // a median that jumped
  'currency', // prices in another currency
  'same', // one value in most rows
  'word', // another word than usual in most rows
  'dates', // in the future, or before there were portals
  'duplicates', // the same listing again
  'coverage', // a column is filled less often than it was, or than it must be
  'column_gone', // a column that was always there
  'price', // outside of what the operation costs
  'area', // not above nothing
  'coordinates', // outside of Mexico
  'mojibake', // text decoded by the wrong charset
  'fast', // finished much sooner than before
  'slow', // finished much later than before
  'capped', // the portal does not show all that it counts
  'limited', // it ended before the list did
  'incomplete', // the scraper says that there is more, and not why it ended
  'repeats', // cards of listings that were read before
  'unseen', // an estimate of what was not seen
  'unpriced', // what a split by price cannot see
] as const
export type FindingCode = (typeof FINDING_CODES)[number]

/** One thing that a check found. `ok` is a remark that says nothing against the data. */
export interface Finding {
  code: FindingCode
  verdict: Verdict
  /** For the person; may quote a column's name, which is foreign text. */
  message: string
  /** What it rests on: counts, shares (0 to 1), limits. */
  numbers: Readonly<Record<string, number>>
}

/** What later outputs of the same combination are held against. */
export interface OutputFacts extends ListReport {
  /** Accepted data rows. */
  rows: number
  quarantined: number
  duplicates: number
  /** Whether the scraper said that it delivered everything there was; null where it said nothing. */
  complete: boolean | null
  /** Per column: the share of rows that have something in it. */
  coverage: Readonly<Record<string, number>>
  /** How long it took; null where that is not known, or it went on from where an earlier attempt was. */
  seconds: number | null
  /** What its rows have in common; null: nothing is known of them. */
  profile: Profile | null
}

/** A good output of an earlier batch. */
export interface PastOutput extends Pick<
  OutputFacts,
  'rows' | 'expected' | 'coverage' | 'seconds' | 'profile' | 'stopped_by'
> {
  /** Relative to the workspace. */
  output_path: string
  /** When it was completed, UTC as `sqlTime`; null: not known. */
  at: string | null
}

/** How many earlier outputs a new one is held against. */
export const HISTORY = 3
/** Of so many the last ones are taken that ended as the new one did. */
export const HISTORY_READ = 4 * HISTORY

export interface Checked {
  /** The worst of the findings. */
  verdict: Verdict
  findings: readonly Finding[]
  facts: OutputFacts
}

/** An output that is to be judged. Paths are absolute. */
export interface Delivery {
  file: string
  /** Where its bad rows go; what stands there is replaced or removed. */
  quarantine: string
  task: Omit<Combination, 'scraper_name' | 'variant'>
  mode: 'url' | 'detail' | 'full'
  /** When it was delivered, UTC as `sqlTime`. */
  at: string
  complete: boolean | null
  /** The rows that the scraper says it delivered. */
  said: number | null
  report: ListReport
  /** As in OutputFacts. */
  seconds: number | null
  /** At most HISTORY_READ, latest first. */
  history: readonly PastOutput[]
}

export interface Checker {
  /**
   * Judges an output, and takes its bad rows out of it into the quarantine. Memory does not grow with the file
   * beyond a bound, and other work goes on meanwhile.
   * @throws ZafraError `interrupted` when aborted; what the file system throws
   */
  check(delivery: Delivery, signal: AbortSignal): Promise<Checked>
}

/** An attempt whose output the checks doubted or refused. */
export interface Doubt extends Combination {
  task_id: number
  attempt: number
  verdict: Verdict
  findings: readonly Finding[]
  /** UTC as `sqlTime`; null: not accepted by the operator. */
  accepted_at: string | null
  /** Whether it is history: it was refused, and a later attempt of its task has delivered in its place. */
  mended: boolean
}

/** Whether what the checks refused was delivered later: only a task that failed is tried again. */
export function isMended(verdict: Verdict | null, status: TaskStatus): boolean {
  return verdict === 'failed' && status === 'completed'
}

/** A page of them, by task; `standing`: without those that are mended. */
export interface DoubtPage {
  offset: number
  limit: number
  standing?: boolean
}

/** How many completed tasks a batch has, and how many attempts the checks doubted. */
export interface VerdictCounts {
  completed: number
  /** Of those, doubtful ones that nobody has accepted. */
  suspect: number
  /** Of those, doubtful ones that the operator has accepted. */
  accepted: number
  /** Attempts that were refused, and nothing stands in their place. */
  failed: number
  /** Attempts that were refused, and a later one has delivered. */
  mended: number
}

/** Tasks of a batch, or of one of its sites, whose outputs are not simply good; kept as tasks change. */
export interface OutputCounts {
  /** Doubtful, and nobody has accepted them: they wait for the operator. */
  suspect: number
  accepted: number
  /** Refused at the last attempt, and none has come since. */
  failed: number
  /** Their scrapers said that they are not all there was. */
  incomplete: number
}

export const NO_OUTPUTS: OutputCounts = { suspect: 0, accepted: 0, failed: 0, incomplete: 0 }

export function worst(findings: readonly Finding[]): Verdict {
  const at = Math.max(0, ...findings.map(({ verdict }) => VERDICTS.indexOf(verdict)))
  return VERDICTS[at] ?? 'ok'
}

/** Thresholds, as under `checks` in zafra.yaml. Shares are from 0 to 1. */
export interface CheckConfig {
  enabled: boolean
  /** Share of the median of earlier outputs below which rows are suspect, and below which they fail. */
  rows_low: number
  rows_failed: number
  /** Times that median above which rows are suspect. */
  rows_high: number
  /** Share of what the portal counts, as far as it usually comes, below which an output is suspect. */
  expected: number
  bad_rows: number
  bad_rows_failed: number
  /** More bad rows than this fail, whatever their share. */
  quarantine_rows: number
  duplicates: number
  /** How far the share of filled cells may fall below that of earlier outputs. */
  coverage_drop: number
  /** Column → least share of filled cells, where the file has that column. */
  coverage: Readonly<Record<string, number>>
  /** Share of listings that may be outside of the ranges below, of areas that may be nothing. */
  out_of_range: number
  /** Pesos, least and most. */
  price_sale: readonly number[]
  price_rent: readonly number[]
  outside_mexico: number
  mojibake: number
  /** Share of rows that may be of another city, operation or type of property. */
  others: number
  /** Kilometres from the city, or twice that from where its listings were before; and the share that may lie farther. */
  radius: number
  far: number
  /** Share of the last good output's listings that must come again. */
  overlap: number
  /** Share of the listings known from it that may have another value in a column. */
  changed: number
  /** How many times the median price or area may rise or fall. */
  level: number
  /** By how much the share of dollars may rise or fall. */
  currency: number
  /** Share of rows that may have one and the same title, price or place. */
  same: number
  /** Share of dates that may lie in the future. */
  dates: number
  /** Share of a list's cards that may repeat a listing; scrapers read the pages again above it. */
  repeats: number
  /** Share of the median duration below which an output is suspect; times above which it is remarked. */
  fast: number
  slow: number
}
