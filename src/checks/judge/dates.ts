import { parseSqlTime } from '../../domain/clock.ts'
import type { Finding } from '../../domain/check.ts'
import { FEW, finding, percent, type Evidence } from './findings.ts'

const ISO = /^(\d{4})-(\d\d)-(\d\d)/
const LATIN = /^(\d\d?)\/(\d\d?)\/(\d{4})/
/** No portal of today has listings that are older. */
const OLDEST = Date.UTC(1995, 0, 1)
const DAY = 86_400_000
const COLUMNS = [
  ['published', 'publication'],
  ['updated', 'update'],
] as const

/** Dates that lie ahead (a day and a month in each other's place), or are no dates at all (1970). */
export function dateFindings({ rows, thresholds, delivery, written }: Evidence): Finding[] {
  const latest = Math.max(parseSqlTime(delivery.at).getTime(), written) + 2 * DAY
  return COLUMNS.flatMap(([role, word]) => {
    const dates = rows.map((row) => dateOf(row[role])).filter((each) => each !== undefined)
    const odd = dates.filter((each) => each > latest || each < OLDEST).length
    if (odd < FEW || odd <= dates.length * thresholds.dates) return []
    const share = `${percent(odd / dates.length)}, at most ${percent(thresholds.dates)}`
    const message = `${odd} of ${dates.length} dates of ${word} lie in the future or before 1995 (${share})`
    return [finding('dates', 'suspect', message, { odd, all: dates.length })]
  })
}

function dateOf(cell: string): number | undefined {
  const iso = ISO.exec(cell)
  if (iso) return Date.UTC(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]))
  const latin = LATIN.exec(cell)
  return latin ? Date.UTC(Number(latin[3]), Number(latin[2]) - 1, Number(latin[1])) : undefined
}
