import { NUMBER_ROLES, TEXT_ROLES, type Profile } from '../../domain/profile.ts'
import { amount, currencyOf, pesos } from '../listing/amount.ts'
import { plainText } from '../listing/kinds.ts'
import { kilometres } from '../listing/where.ts'
import { median } from './median.ts'
import type { Sampled } from './sample.ts'

/** Fewer values than this have no level. */
export const FEW_VALUES = 10
/** Characters of a text by which it is compared. */
const WORD = 40

/** What the rows of an output have in common, whatever was asked for. */
export function profileOf(rows: readonly Sampled[]): Omit<Profile, 'contradicts' | 'overlap'> {
  const numbers: Profile['numbers'] = Object.fromEntries(
    NUMBER_ROLES.flatMap((role) => {
      const values = rows.map((row) =>
        role === 'price' ? pesos(row.price, row.currency) : amount(row[role]),
      )
      const known = values.filter((each) => each !== undefined)
      if (known.length < FEW_VALUES) return []
      return [[role, { median: rounded(median(known)), common: top(known).share }]]
    }),
  )
  const texts: Profile['texts'] = Object.fromEntries(
    TEXT_ROLES.flatMap((role) => {
      const known = rows.map((row) => row[role]).filter((each) => each !== '')
      if (known.length < FEW_VALUES) return []
      const { value, share } = top(role === 'url' ? known : known.map(plainText))
      return [[role, { word: value.slice(0, WORD), common: share }]]
    }),
  )
  return { numbers, texts, dollars: dollarsOf(rows), place: placeOf(rows) }
}

function dollarsOf(rows: readonly Sampled[]): number | null {
  const priced = rows.filter((row) => amount(row.price) !== undefined)
  if (priced.length < FEW_VALUES) return null
  return rounded(priced.filter((row) => currencyOf(row.price, row.currency) === 'USD').length / priced.length)
}

function placeOf(rows: readonly Sampled[]): Profile['place'] {
  const points = pointsOf(rows)
  if (points.length < FEW_VALUES) return null
  const middle = {
    latitude: median(points.map(({ latitude }) => latitude)),
    longitude: median(points.map(({ longitude }) => longitude)),
  }
  const away = points.map((point) => kilometres(middle, point)).toSorted((one, other) => one - other)
  return {
    latitude: rounded(middle.latitude, 6),
    longitude: rounded(middle.longitude, 6),
    km: rounded(away[Math.floor(away.length * 0.9)] ?? 0),
    common: top(points.map(({ latitude, longitude }) => `${latitude} ${longitude}`)).share,
  }
}

export function pointsOf(rows: readonly Sampled[]) {
  return rows
    .filter((row) => row.latitude !== '' && row.longitude !== '')
    .map((row) => ({ latitude: Number(row.latitude), longitude: Number(row.longitude) }))
}

/** The value that is met most often, and its share. */
function top<T>(values: readonly T[]): { value: T; share: number } {
  const counts = new Map<T, number>()
  for (const each of values) counts.set(each, (counts.get(each) ?? 0) + 1)
  const [value, count] = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))
  return { value, share: rounded(count / values.length) }
}

function rounded(number: number, digits = 4): number {
  return Number(number.toPrecision(digits))
}
