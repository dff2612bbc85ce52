import type { BatchView } from '../domain/query.ts'
import type { SiteMean } from './expectations.ts'

/** What is left of one site of a batch. */
export interface SiteLeft {
  /** Tasks whose combination has a history, and the sum of what they are expected to take. */
  known: number
  minutes: number
  /** Those of them whose deviation is known, and the sum of its squares, minutes². */
  sure: number
  variance: number
  /** The other tasks. */
  unknown: number
}

export interface Work {
  max_parallel: number
  perSite: (site: string) => number
  /** Seconds, per site, that its running tasks have had of what they are expected to take. */
  worked: ReadonlyMap<string, number>
  sites: ReadonlyMap<string, SiteLeft>
  so_far: { tasks: number; expected: number; took: number }
  ofSite: (site: string) => SiteMean | undefined
}

/** From so many completed tasks on the batch says something of how far off its expectations are. */
const ENOUGH = 3

type Source = NonNullable<BatchView['eta_from']>

/** One site's share of the work. Seconds and seconds². */
interface Share {
  seconds: number
  /** Null where no deviation is known at all. */
  variance: number | null
  from: Partial<Record<Source, number>>
  places: number
}

/** Seconds until the site is done, or null while nothing is known. */
export function siteEta(work: Work, site: string): number | null {
  const share = shareOf(work, site)
  return share && share.seconds / share.places
}

/** Until all of them are done: the slowest site, or the whole work over all places. */
export function batchEta(work: Work): Pick<BatchView, 'eta_s' | 'eta_spread_s' | 'eta_from'> {
  const shares = [...work.sites.keys()].map((site) => shareOf(work, site)).filter((share) => share !== null)
  if (shares.length === 0) return { eta_s: null, eta_spread_s: null, eta_from: null }
  const all: Share = {
    seconds: sum(shares.map(({ seconds }) => seconds)),
    variance: sumKnown(shares.map(({ variance }) => variance)),
    from: {},
    places: work.max_parallel,
  }
  const longest = [...shares, all].reduce((a, b) => (b.seconds / b.places > a.seconds / a.places ? b : a))
  const eta_s = longest.seconds / longest.places
  return { eta_s, eta_spread_s: spread(work, longest, eta_s), eta_from: mostly(shares) }
}

function shareOf({ sites, worked, perSite, ofSite }: Work, site: string): Share | null {
  const left = sites.get(site)
  if (!left) return null
  const tasks = left.known + left.unknown
  const places = Math.max(Math.min(perSite(site), tasks), 1)
  if (tasks === 0) return { seconds: 0, variance: 0, from: {}, places }
  const mean = ofSite(site)
  if (left.unknown > 0 && !mean && left.known === 0) return null
  const unknown = left.unknown * (mean?.minutes ?? left.minutes / left.known)
  const minutes = left.minutes + unknown
  const unsure = left.known - left.sure + left.unknown
  const variance = sumKnown([
    left.sure > 0 ? left.variance : null,
    unsure > 0 && mean?.variance != null ? unsure * mean.variance : null,
  ])
  return {
    seconds: Math.max(minutes * 60 - (worked.get(site) ?? 0), 0),
    variance: variance === null ? null : variance * 3600,
    from: { history: left.minutes, ...(mean && { [mean.from]: unknown }) },
    places,
  }
}

/** By chance, as tasks have differed before, and as a whole, as this batch has differed from what was expected so far. */
function spread({ so_far }: Work, { variance, places }: Share, eta_s: number): number | null {
  const asAWhole = so_far.tasks >= ENOUGH && so_far.expected > 0 ? so_far.took / so_far.expected - 1 : null
  if (variance === null && asAWhole === null) return null
  return Math.hypot(Math.sqrt(variance ?? 0) / places, eta_s * (asAWhole ?? 0))
}

function mostly(shares: readonly Share[]): Source | null {
  const total = (source: Source) => sum(shares.map(({ from }) => from[source] ?? 0))
  const [most] = (['history', 'site', 'pace'] as const)
    .map((source) => ({ source, minutes: total(source) }))
    .sort((a, b) => b.minutes - a.minutes)
  return most && most.minutes > 0 ? most.source : null
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

/** Null where none is known. */
function sumKnown(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((each) => each !== null)
  return known.length === 0 ? null : sum(known)
}
