import type { Finding, PastOutput } from '../../domain/check.ts'
import type { NumberRole, Profile, TextRole } from '../../domain/profile.ts'
import { finding, percent, type Evidence } from './findings.ts'
import { median } from './median.ts'

/** Numbers whose level is that of the market; rooms and baths are too small for one. */
const LEVELS = ['price', 'area', 'built'] as const satisfies readonly NumberRole[]
const WORDS: Readonly<Record<NumberRole | TextRole, string>> = {
  price: 'price',
  area: 'area',
  built: 'built area',
  rooms: 'number of rooms',
  baths: 'number of baths',
  parking: 'number of parking places',
  url: 'address',
  title: 'title',
  description: 'description',
  location: 'location',
  municipality: 'municipality',
  operation: 'operation',
  type: 'type of property',
}
/** What differs from listing to listing. */
const DIFFERENT = ['title', 'description', 'url'] as const satisfies readonly TextRole[]
/** What may be the same in many listings, and then is so every time. */
const ALIKE = ['municipality', 'operation', 'type'] as const satisfies readonly TextRole[]
const MARGIN = 0.3
/** In nearly all rows: the first output of a list is not held against any other. */
const ALL = 0.95

/** Prices, currencies and texts beside what they usually are. */
export function levelFindings(evidence: Evidence): Finding[] {
  return [...levels(evidence), ...dollars(evidence), ...same(evidence), ...words(evidence)]
}

function levels({ delivery: { history }, profile, thresholds }: Evidence): Finding[] {
  return LEVELS.flatMap((role) => {
    const now = profile.numbers[role]?.median
    const usual = usually(history, (past) => past.numbers[role]?.median)
    if (now === undefined || usual === undefined || usual <= 0) return []
    const limit = thresholds.level
    if (now <= usual * limit && now >= usual / limit) return []
    const unit = role === 'price' ? 'pesos' : 'm²'
    const message = `the median ${WORDS[role]} is ${number(now)} ${unit}, usually ${number(usual)}`
    return [finding('level', 'suspect', message, { median: now, usual })]
  })
}

function dollars({ delivery: { history }, profile, thresholds }: Evidence): Finding[] {
  if (profile.dollars === null) return []
  const usual = usually(history, (past) => past.dollars ?? undefined)
  const limit = usual === undefined ? ALL : usual + thresholds.currency
  const low = usual === undefined ? 0 : usual - thresholds.currency
  if (profile.dollars <= limit && profile.dollars >= low) return []
  const than = usual === undefined ? '' : `, usually ${percent(usual)}`
  const message = `${percent(profile.dollars)} of the prices are in dollars${than}`
  return [finding('currency', 'suspect', message, { dollars: profile.dollars, limit })]
}

/** One value in most rows: a scraper that reads the same place of every page, or a page that is one listing. */
function same({ delivery: { history }, profile, thresholds, rows }: Evidence): Finding[] {
  const shares: [string, number | undefined, (past: Profile) => number | undefined][] = [
    ['price', profile.numbers.price?.common, (past) => past.numbers.price?.common],
    ['place', profile.place?.common, (past) => past.place?.common],
    ...DIFFERENT.map((role): (typeof shares)[number] => [
      WORDS[role],
      profile.texts[role]?.common,
      (past) => past.texts[role]?.common,
    ]),
    ...(['area', 'location'] as const).map((role): (typeof shares)[number] => {
      const of = (each: Profile) => (role === 'area' ? each.numbers.area : each.texts.location)?.common
      // Plots of a development, and lists that name the city alone: nothing is known before there is a history.
      return [WORDS[role], history.length > 0 ? of({ ...NOTHING, ...profile }) : undefined, of]
    }),
  ]
  return shares.flatMap(([what, common, of]) => {
    if (common === undefined) return []
    const usual = usually(history, of)
    const limit = Math.max(thresholds.same, (usual ?? 0) + MARGIN)
    if (common <= limit) return []
    const than = usual === undefined ? `at most ${percent(limit)}` : `usually ${percent(usual)}`
    const message = `${percent(common)} of ${rows.length} rows have one and the same ${what} (${than})`
    return [finding('same', 'suspect', message, { common, limit })]
  })
}

const NOTHING: Pick<Profile, 'contradicts' | 'overlap'> = { contradicts: {}, overlap: null }

/** What most rows of every earlier output said, and most rows of this one say otherwise. */
function words({ delivery: { history }, profile }: Evidence): Finding[] {
  return ALIKE.flatMap((role) => {
    const now = profile.texts[role]
    const [last] = history.flatMap(({ profile: past }) => past?.texts[role] ?? [])
    const steady = history.every(
      ({ profile: past }) => !past?.texts[role] || past.texts[role].word === last?.word,
    )
    if (!now || !last || !steady || now.word === last.word) return []
    if (Math.min(now.common, last.common) < 0.5 + MARGIN / 2) return []
    const message = `the ${WORDS[role]} is "${now.word}" in ${percent(now.common)} of the rows, usually "${last.word}"`
    return [finding('word', 'suspect', message, { share: now.common, usual: last.common })]
  })
}

export function usually(
  history: readonly PastOutput[],
  of: (past: Profile) => number | undefined,
): number | undefined {
  const known = history.flatMap(({ profile }) => (profile ? (of(profile) ?? []) : []))
  return known.length > 0 ? median(known) : undefined
}

function number(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4 })
}
