import { text } from './text.ts'

/** The portals are Mexican, and so are their days. */
const ZONE = 'America/Mexico_City'
const DAY_MS = 86_400_000
const MONTHS = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic']
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** Milliseconds of what "hace 3 …" counts in, but for months and years, which are of no fixed length. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:segundo|minuto|min\b)/, 60_000],
  [/^(?:hora|h\b|hr)/, 3_600_000],
  [/^(?:d[ií]as?|d)$/, DAY_MS],
  [/^semana/, 7 * DAY_MS],
]

/**
 * The day that a portal means, as `YYYY-MM-DD`: an ISO date or time, "14/03/2026" and "14/03/26" (day first), "14 de marzo
 * de 2026", "hoy", "ayer", "hace 3 días", "9 meses en …", epoch milliseconds. Undefined for what names no one day ("hace
 * más de 30 días", "en 6 meses").
 * @param now when the page was fetched
 */
export function day(value: unknown, now: Date): string | undefined {
  if (typeof value === 'number') return value > 1e11 && value < 1e14 ? dayOf(new Date(value)) : undefined
  const written = text(value)?.toLowerCase()
  if (!written) return undefined
  if (/^\d{12,14}$/.test(written)) return day(Number(written), now)
  return isoDay(written) ?? writtenDay(written, now) ?? agoDay(written, now)
}

/** The day `count` days before `now`; undefined for what is no count. */
export function daysAgo(count: unknown, now: Date): string | undefined {
  const days = typeof count === 'string' && count.trim() ? Number(count) : count
  if (typeof days !== 'number' || !Number.isInteger(days) || days < 0 || days > 20_000) return undefined
  return dayOf(new Date(now.getTime() - days * DAY_MS))
}

function isoDay(written: string): string | undefined {
  const [, date = '', time, zone = ''] =
    /^(\d{4}-\d{2}-\d{2})(?:[t ]+(\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(z|utc|gmt|[+-]\d\d(?::?\d\d)?)?)?(?!\d)/.exec(
      written,
    ) ?? []
  // A time with a zone is a moment, and its day is the one it had in Mexico.
  const moment = time && zone ? new Date(`${date}T${time}${offset(zone)}`) : undefined
  if (moment && !Number.isNaN(moment.getTime())) return dayOf(moment)
  return real(...(date.split('-').map(Number) as [number, number, number]))
}

/** "-0400", "-04" and "utc" as ISO 8601 has them in a time. */
function offset(zone: string): string {
  const [, hours, minutes = '00'] = /^([+-]\d\d):?(\d\d)?/.exec(zone) ?? []
  return hours ? `${hours}:${minutes}` : 'Z'
}

function writtenDay(written: string, now: Date): string | undefined {
  const [, date, , month, year = ''] =
    /(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d|[/.-]\d)/.exec(written) ?? []
  return year ? real(fullYear(year, now), Number(month), Number(date)) : dayInWords(written)
}

function dayInWords(written: string): string | undefined {
  const [, date, name = '', year] =
    /\b(\d{1,2})(?: de|-| )\s?([a-z]{3})[a-z]*\.?(?: del?|,|-)? ?(\d{4})\b/.exec(written) ?? []
  return real(Number(year), MONTHS.indexOf(name) + 1, Number(date))
}

/** The year of two digits or four: none is of more than a year ahead. */
function fullYear(written: string, now: Date): number {
  if (written.length === 4) return Number(written)
  const year = 2000 + Number(written)
  return year > now.getUTCFullYear() + 1 ? year - 100 : year
}

/** A limit, or a time to come. */
const NO_ONE_DAY = /m[aá]s de|menos de|\+ ?\d|\d ?\+|\b(?:en|dentro de|durante|cada|pr[oó]xim\w+) (?:\d|un)/

function agoDay(written: string, now: Date): string | undefined {
  if (/\bhoy\b/.test(written)) return dayOf(now)
  if (/\b(?:anteayer|antier|antes de ayer)\b/.test(written)) return daysAgo(2, now)
  if (/\bayer\b/.test(written)) return daysAgo(1, now)
  const [, count = '', unit = ''] =
    /(?:\bhace |^(?:[\p{L}: ]*\s)??)(\d{1,4}|una?) ?(\p{L}+)/u.exec(written) ?? []
  if (!unit || NO_ONE_DAY.test(written)) return undefined
  const number = count.startsWith('un') ? 1 : Number(count)
  const length = UNITS.find(([pattern]) => pattern.test(unit))?.[1]
  if (length !== undefined) return dayOf(new Date(now.getTime() - number * length))
  if (/^mes(?:es)?$/.test(unit)) return monthsAgo(number, now)
  return /^años?$/.test(unit) ? monthsAgo(12 * number, now) : undefined
}

/** The same day of an earlier month, or the last one it has. */
function monthsAgo(count: number, now: Date): string | undefined {
  const [year = 0, month = 0, date = 0] = dayOf(now).split('-').map(Number)
  const last = new Date(Date.UTC(year, month - count, 0)).getUTCDate()
  const then = new Date(Date.UTC(year, month - 1 - count, Math.min(date, last)))
  return then.toISOString().slice(0, 10)
}

let format: Intl.DateTimeFormat | undefined

function dayOf(moment: Date): string {
  // Costly to make, and not needed by every scraper.
  format ??= new Intl.DateTimeFormat('en-CA', { timeZone: ZONE })
  return format.format(moment)
}

/** The date if there is such a one: no 31 February. */
function real(year?: number, month?: number, date?: number): string | undefined {
  if (!year || !month || !date || year < 1990) return undefined
  const days = month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0)
  return date <= days ? `${year}-${padded(month)}-${padded(date)}` : undefined
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function padded(number: number): string {
  return String(number).padStart(2, '0')
}
