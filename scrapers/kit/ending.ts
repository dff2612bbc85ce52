import type { Outcome } from './report.ts'
import { WHOLE_FROM, type Sweep } from './sweep.ts'

/** How the last pass over a list ended. */
export interface End {
  /** What ended it before its end. */
  stopped?: 'max_pages' | 'robots'
  /** Whether its last page led elsewhere, so that nothing but the portal's count can tell that it ended. */
  isAstray?: boolean
  /** Whether it was split by price. */
  isSplit?: boolean
}

/** So many of its listings a whole list may miss by the estimate: after one pass, whose cards hardly repeat, and after several. */
const MISSED = { once: 0.03, again: 0.01 }

/** How much of the list was seen, and what ended it before its end. */
export function ending<C extends string>(sweep: Sweep<C>, end: End): Outcome {
  const { at, list, rows, run } = sweep
  const { report } = run
  if (at.total !== null) report.count('expected', at.total)
  const limit = limitOf(sweep, end)
  const priced = end.isSplit ? (at.priced ?? at.total ?? 0) : 0
  // What ends before its end misses all that comes after.
  const left = limit ? (at.total ?? 0) - rows : priced - rows
  const unseen = Math.max(sweep.unseen, left, 0)
  const complete = !limit && isWhole(sweep, end, unseen)
  if (!limit && !complete)
    report.log('warn', `${list.host} counts ${at.total ?? rows} listings and shows ${rows}: ${list.href}`)
  const unpriced = end.isSplit && !limit ? unpricedOf(sweep) : undefined
  if (unpriced)
    report.log('info', `about ${unpriced} listings of ${list.href} have no price, so that no band shows them`)
  if (unseen > 0) report.log('info', `about ${unseen} listings of ${list.href} were not seen`)
  return {
    rows,
    complete,
    ...limit,
    expected: at.total ?? undefined,
    cards: at.cards,
    repeats: at.repeats,
    unseen,
    unpriced,
    redirected_to: URL.parse(at.redirected ?? '') ?? undefined,
  }
}

/** Why no more of the list could be seen; undefined: it came to its end. */
function limitOf<C extends string>(
  { at, list, rows, run, site }: Sweep<C>,
  { stopped, isSplit }: End,
): Pick<Outcome, 'stopped_by' | 'cap'> | undefined {
  if (stopped) {
    const why = stopped === 'robots' ? 'robots.txt disallows it' : 'it is over the limit of pages'
    run.report.log('info', `page ${at.next} of ${list.href} is not asked for: ${why}`)
    return { stopped_by: stopped }
  }
  if (isSplit) return undefined
  if (at.refused !== null && rows < (at.total ?? Infinity)) return { stopped_by: 'cap', cap: rows }
  const cap = site.reachable ?? Infinity
  const isAtCap = rows >= cap * WHOLE_FROM && rows * WHOLE_FROM <= cap
  return isAtCap && rows < (at.total ?? 0) * WHOLE_FROM
    ? { stopped_by: 'cap', cap: Math.max(cap, rows) }
    : undefined
}

/**
 * Whether a list that came to its end is whole: its listings and those that were not seen come up to the portal's count,
 * and those are few. A portal may count the cards that repeat a listing as well.
 */
function isWhole<C extends string>({ at, rows }: Sweep<C>, { isAstray }: End, unseen: number): boolean {
  const twice = at.repeats / at.pass
  const isAccounted = rows + Math.max(unseen, twice) >= (at.total ?? rows) * WHOLE_FROM
  const missed = at.pass === 1 ? MISSED.once : MISSED.again
  return isAccounted && unseen <= (rows + unseen) * missed && !(isAstray && at.total === null)
}

/** Listings that the portal counts and that no list sorted by price shows, because they have none. */
function unpricedOf<C extends string>({ at, rows }: Sweep<C>): number | undefined {
  return at.total === null ? undefined : Math.max(0, at.total - Math.max(at.priced ?? 0, rows))
}
