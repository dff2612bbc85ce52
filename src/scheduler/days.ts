/**
 * A value of a day field as node-cron reads it. Day of month: `15`, `L`, `L-3`, `15W`, `LW`; weekday (0 is Sunday):
 * `5`, `5#2` the second Friday, `5L` the last one.
 */
export type DayToken = number | string

const SATURDAY = 6
const WEEK = 7

/** Whether the field's value names this day. `month` from 1. */
export function isDayOfMonth(token: DayToken, year: number, month: number, day: number): boolean {
  if (typeof token === 'number') return day === token
  const last = daysIn(year, month)
  if (token === 'L') return day === last
  if (token === 'LW') return day === nearestWorkday(year, month, last)
  const [, before, target] = /^L-(\d+)$|^(\d+)W$/.exec(token) ?? []
  if (before !== undefined) return day === last - Number(before)
  return target !== undefined && Number(target) <= last && day === nearestWorkday(year, month, Number(target))
}

export function isWeekday(token: DayToken, year: number, month: number, day: number): boolean {
  const weekday = weekdayOf(year, month, day)
  if (typeof token === 'number') return weekday === token
  const [, of, nth] = /^([0-7])(?:#([1-5])|L)$/.exec(token) ?? []
  if (of === undefined || Number(of) % WEEK !== weekday) return false
  return nth === undefined ? day + WEEK > daysIn(year, month) : Math.ceil(day / WEEK) === Number(nth)
}

function nearestWorkday(year: number, month: number, day: number): number {
  const weekday = weekdayOf(year, month, day)
  if (weekday === SATURDAY) return day === 1 ? day + 2 : day - 1
  if (weekday === 0) return day === daysIn(year, month) ? day - 2 : day + 1
  return day
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay()
}
