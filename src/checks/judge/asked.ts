import type { Finding, PastOutput } from '../../domain/check.ts'
import { ASKED, type Asked } from '../../domain/profile.ts'
import type { Names } from '../names.ts'
import { operationOf, plainText, typeOf } from '../listing/kinds.ts'
import { cityPoint, kilometres } from '../listing/where.ts'
import { FEW, finding, percent, type Evidence } from './findings.ts'
import { median } from './median.ts'
import { pointsOf } from './profile.ts'
import type { Sampled } from './sample.ts'

/** Whether a row is what was asked for; undefined: it does not tell. */
type Test = (row: Sampled) => boolean | undefined

/** Of so many rows some may be odd by chance. */
const TELLING = 10
/** How far above its usual share a portal may mix in what was not asked for. */
const MARGIN = 0.3

export type Contradicted = Partial<Record<Asked, { odd: number; all: number }>>

/** How many of the rows contradict what was asked for, of those that tell. */
export function contradicted(rows: readonly Sampled[], names: Names): Contradicted {
  const tests: Record<Asked, Test | undefined> = {
    city: cityTest(names),
    operation: operationTest(names),
    product: typeTest(names),
  }
  return Object.fromEntries(
    ASKED.flatMap((asked) => {
      const test = tests[asked]
      if (!test) return []
      const told = rows.map(test).filter((each) => each !== undefined)
      return told.length === 0
        ? []
        : [[asked, { odd: told.filter((fits) => !fits).length, all: told.length }]]
    }),
  )
}

function cityTest({ own, otherCities }: Names): Test | undefined {
  const cities = own.city.map(plainText).filter((each) => each !== '')
  if (cities.length === 0) return undefined
  const others = otherCities.map(plainText)
  return ({ municipality, location }) => {
    const named = plainText(municipality)
    // "Tlaquepaque" is San Pedro Tlaquepaque.
    if (named.length > 2) return cities.some((each) => holds(named, each) || holds(each, named))
    const place = plainText(location)
    if (cities.some((each) => holds(place, each))) return true
    return others.some((each) => holds(place, each)) ? false : undefined
  }
}

/** Whether the words of `part` stand in `whole`, whole and in their order. */
function holds(whole: string, part: string): boolean {
  return ` ${whole} `.includes(` ${part} `)
}

function operationTest({ own }: Names): Test | undefined {
  const asked = operationOf(own.operation.join(' '))
  if (!asked) return undefined
  return ({ operation, title, url }) => {
    const told = operationOf(operation === '' ? `${title} ${pathOf(url)}` : operation)
    return told && told === asked
  }
}

function typeTest({ own }: Names): Test | undefined {
  const asked = new Set(own.product.map(typeOf).filter((each) => each !== undefined))
  if (asked.size === 0) return undefined
  return ({ type, title }) => {
    const told = typeOf(type === '' ? title : type)
    return told === undefined ? undefined : asked.has(told)
  }
}

function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]*/i, '')
}

const WHAT: Readonly<Record<Asked, string>> = {
  city: 'name another city',
  operation: 'are of another operation',
  product: 'are of another type of property',
}

/** Rows that are not of the combination, beyond those that a portal mixes in. */
export function askedFindings(
  { delivery, thresholds, contradicted: told }: Evidence,
  names: Names,
): Finding[] {
  return ASKED.flatMap((asked) => {
    const { odd, all } = told[asked] ?? { odd: 0, all: 0 }
    // Of a short list all must be wrong.
    if (odd < FEW || (all < TELLING && odd < all)) return []
    const usual = usualShare(delivery.history, asked)
    const limit = usual === undefined ? thresholds.others : Math.max(thresholds.others, usual + MARGIN)
    if (odd / all <= limit) return []
    const than = usual === undefined ? `at most ${percent(limit)}` : `usually ${percent(usual)}`
    const message = `${odd} of ${all} rows ${WHAT[asked]} than ${names.label[asked]} (${percent(odd / all)}, ${than})`
    return [finding('asked', 'suspect', message, { odd, all, limit })]
  })
}

function usualShare(history: readonly PastOutput[], asked: Asked): number | undefined {
  const shares = history.flatMap(({ profile }) => profile?.contradicts[asked] ?? [])
  return shares.length > 0 ? median(shares) : undefined
}

/** Coordinates far from where the listings of the combination usually are; else from the city itself. */
export function placeFindings({ delivery, thresholds, rows }: Evidence, names: Names): Finding[] {
  const points = pointsOf(rows)
  if (points.length < FEW) return []
  const past = delivery.history.flatMap(({ profile }) => profile?.place ?? [])
  const city = cityPoint(names.own.city.map(plainText))
  const middle =
    past.length === 0
      ? city
      : {
          latitude: median(past.map(({ latitude }) => latitude)),
          longitude: median(past.map(({ longitude }) => longitude)),
        }
  if (!middle) return []
  // A city whose listings lie far apart has a wide circle of its own.
  const reach =
    past.length === 0 ? thresholds.radius : Math.max(thresholds.radius / 2, ...past.map(({ km }) => 1.5 * km))
  const far = points.filter((point) => kilometres(middle, point) > reach).length
  if (far / points.length <= thresholds.far) return []
  const from = past.length === 0 ? names.label.city : 'the middle of earlier outputs'
  const message = `${far} of ${points.length} places are more than ${Math.round(reach)} km from ${from} (at most ${percent(thresholds.far)})`
  return [finding('place', 'suspect', message, { far, all: points.length, km: reach })]
}
