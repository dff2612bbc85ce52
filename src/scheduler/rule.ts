import { parse } from 'node-cron'
import { isDayOfMonth, isWeekday, type DayToken } from './days.ts'

/** A cron expression, read. */
export interface Rule {
  /** Seconds after midnight at which it is due on its days, soonest first. */
  times: readonly number[]
  /** Whether it is due in every hour: such a rule keeps its rhythm where the clocks are changed. */
  everyHour: boolean
  /** Whether its minutes are a step (`*`, `*` with a divisor): within its hours it keeps its rhythm as well. */
  everyFewMinutes: boolean
  /** Whether it is due on this day of the calendar; `month` from 1. */
  isDay(year: number, month: number, day: number): boolean
}

/**
 * Reads an expression that `cronProblem` finds nothing wrong with. node-cron only reads the fields: its own next runs
 * skip a job in the spring gap, let hourly ones rest in the autumn and want day of month and weekday both to hold.
 */
export function readRule(expression: string): Rule {
  const { second, minute, hour, dayOfMonth, month, dayOfWeek } = parse(expression)
  const [minutes = '', , days = '', , weekdays = ''] = expression.trim().split(/\s+/).slice(-5)
  // crontab(5): where both are restricted, that is neither begins with *, either of them is enough.
  const either = isRestricted(days) && isRestricted(weekdays)
  const months = new Set(month)
  return {
    times: timesOfDay(hour, minute, second),
    everyHour: new Set(hour).size === 24,
    everyFewMinutes: minutes.startsWith('*'),
    isDay(year, ofMonth, day) {
      if (!months.has(ofMonth)) return false
      const byDay = dayOfMonth.some((token: DayToken) => isDayOfMonth(token, year, ofMonth, day))
      if (byDay === either) return byDay
      return dayOfWeek.some((token: DayToken) => isWeekday(token, year, ofMonth, day))
    },
  }
}

/** Macros such as `@weekly` restrict at most one of the two. */
function isRestricted(field: string): boolean {
  return field !== '' && !/^[*?]/.test(field)
}

function timesOfDay(
  hours: readonly number[],
  minutes: readonly number[],
  seconds: readonly number[],
): number[] {
  const times = hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => hour * 3600 + minute * 60 + second)),
  )
  return [...new Set(times)].sort((a, b) => a - b)
}
