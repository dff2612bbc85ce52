import { parseSqlTime } from '../../domain/clock.ts'
import type { Finding } from '../../domain/check.ts'
import { finding, percent, type Evidence } from './findings.ts'
import { usually } from './level.ts'
import { STEADY, type Previous, type Steady } from './previous.ts'

/** Lists that are shorter roll over by chance. */
const SHORT = 20
/** So many listings do not all stay as they are for so many days. */
const STALE_ROWS = 60
const STALE_DAYS = 5
/** A list whose listings come again as seldom as this says nothing by it. */
const RESTLESS = 0.3
/** Listings of which so few are known from before say nothing. */
const KNOWN = 15
/** Share of prices that may be another price. */
const JUMPED = 0.1

const WORDS: Readonly<Record<Steady, string>> = {
  area: 'area',
  built: 'built area',
  rooms: 'number of rooms',
  baths: 'number of baths',
  parking: 'number of parking places',
  latitude: 'latitude',
  longitude: 'longitude',
  municipality: 'municipality',
  operation: 'operation',
  type: 'type',
}

/** What became of the listings of the last good output. */
export function againFindings(evidence: Evidence): Finding[] {
  const { previous } = evidence
  if (!previous) return []
  return [...strangers(evidence, previous), ...changed(evidence, previous), ...stale(evidence, previous)]
}

/** Which share of the smaller output came again; undefined where one of them is too short. */
export function overlapOf(previous: Previous | undefined, rows: number): number | undefined {
  const smaller = Math.min(previous?.listings ?? 0, rows)
  return previous && smaller >= SHORT ? previous.again / smaller : undefined
}

function strangers({ delivery, alike, thresholds, tally }: Evidence, previous: Previous): Finding[] {
  const share = overlapOf(previous, tally.rows)
  if (share === undefined || share >= thresholds.overlap) return []
  const usual = usually(delivery.history, (past) => past.overlap ?? undefined)
  // The first pages of a long list hold what is newest, and the rest of it is not known.
  const limited = delivery.complete === false || !previous.whole || alike.length === 0
  if (usual === undefined ? limited : usual < RESTLESS) return []
  const message = `of the ${previous.listings} listings of the last good output ${previous.again} came again, among ${tally.rows} rows`
  return [finding('overlap', 'suspect', message, { again: previous.again, before: previous.listings })]
}

/** Listings that are known from before, with other values. */
function changed({ thresholds }: Evidence, previous: Previous): Finding[] {
  const { steady, jumped, currency } = previous
  const found = STEADY.flatMap((role) => {
    const { both, changed: odd } = steady[role]
    if (both < KNOWN || odd <= both * thresholds.changed) return []
    const message = `${odd} of ${both} listings known from the last good output have another ${WORDS[role]} now`
    return [finding('changed', 'suspect', message, { odd, all: both })]
  })
  if (jumped.both >= KNOWN && jumped.changed > jumped.both * JUMPED) {
    const { both, changed: odd } = jumped
    const message = `${odd} of ${both} listings known from the last good output cost twice as much or half as much now (at most ${percent(JUMPED)})`
    found.push(finding('level', 'suspect', message, { odd, all: both }))
  }
  if (currency.both >= KNOWN && currency.changed > currency.both * thresholds.currency) {
    const { both, changed: odd } = currency
    const message = `${odd} of ${both} listings known from the last good output have their price in another currency now`
    found.push(finding('currency', 'suspect', message, { odd, all: both }))
  }
  return found
}

/** An old file delivered again: in a fortnight something of a long list is sold, or becomes cheaper. */
function stale({ delivery, tally }: Evidence, previous: Previous): Finding[] {
  const [last] = delivery.history
  const { listings, again, whole, priceChanges, steady } = previous
  if (!last?.at || tally.rows < STALE_ROWS || !whole || again !== listings) return []
  if (tally.rows - tally.duplicates !== listings || priceChanges > 0) return []
  if (STEADY.some((role) => steady[role].changed > 0)) return []
  const days = (parseSqlTime(delivery.at).getTime() - parseSqlTime(last.at).getTime()) / 86_400_000
  if (days < STALE_DAYS) return []
  const message = `the ${listings} listings and their prices are exactly those of ${Math.round(days)} days ago`
  return [finding('stale', 'suspect', message, { listings, days: Math.round(days) })]
}
