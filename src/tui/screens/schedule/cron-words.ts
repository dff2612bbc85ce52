const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = [
  '',
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/**
 * A cron expression as a person would say it: `on days 1 and 16 at 02:00`. Null where it takes more than the usual
 * forms (lists, ranges and steps of one field); the expression itself is then what there is to say.
 */
export function cronWords(cron: string): string | null {
  const fields = cron.trim().split(/\s+/)
  // With seconds first only the full minute is a usual form.
  if (fields.length === 6 && fields.shift() !== '0') return null
  const [minute, hour, day, month, weekday] = fields
  if (fields.length !== 5 || !minute || !hour || !day || !month || !weekday) return null
  const time = timeWords(minute, hour)
  const days = dayWords(day, weekday)
  const months = month === '*' ? '' : named(month, MONTHS)
  if (time === null || days === null || months === null) return null
  const when = [days, months === '' ? '' : `in ${months}`, time.text].filter((part) => part !== '')
  return (days === '' && time.once ? ['every day', ...when] : when).join(' ')
}

/** `once`: at one or several set times of a day, which wants to know of which day. */
function timeWords(minute: string, hour: string): { text: string; once: boolean } | null {
  const step = stepOf(minute)
  if (step !== null && hour === '*')
    return { text: step === 1 ? 'every minute' : `every ${step} minutes`, once: false }
  const minutes = numbers(minute)
  if (!minutes) return null
  const every = stepOf(hour)
  if (every !== null) {
    const past = minutes.map((each) => `:${two(each)}`)
    return { text: `${every === 1 ? 'every hour' : `every ${every} hours`} at ${joined(past)}`, once: false }
  }
  const hours = numbers(hour)
  if (!hours) return null
  const times = hours.flatMap((each) => minutes.map((past) => `${two(each)}:${two(past)}`))
  return { text: `at ${joined(times)}`, once: true }
}

/** Empty where every day will do. */
function dayWords(day: string, weekday: string): string | null {
  const step = stepOf(day)
  if (step === 1) return weekday === '*' ? '' : weekdayWords(weekday)
  if (weekday !== '*') return null
  const days = numbers(day)
  if (days) return days.length === 1 ? `on day ${days[0]}` : `on days ${joined(days.map(String))}`
  const range = /^(\d+)-(\d+)$/.exec(day)
  return range ? `on days ${range[1]} to ${range[2]}` : null
}

function weekdayWords(weekday: string): string | null {
  const range = /^(\w+)-(\w+)$/.exec(weekday)
  if (!range) {
    const days = named(weekday, DAYS)
    return days === null ? null : `on ${days}`
  }
  const [from, to] = [named(range[1] ?? '', DAYS), named(range[2] ?? '', DAYS)]
  return from === null || to === null ? null : `from ${from} to ${to}`
}

/** 1 for `*`, n for `*` + `/n`. */
function stepOf(field: string): number | null {
  const found = /^\*(?:\/(\d+))?$/.exec(field)
  return found && Number(found[1] ?? 1)
}

function numbers(field: string): number[] | null {
  return /^\d+(,\d+)*$/.test(field) ? field.split(',').map(Number) : null
}

/** Numbers, or names as cron knows them, in full. */
function named(field: string, names: readonly string[]): string | null {
  const found = field.split(',').map((word) => {
    if (/^\d+$/.test(word)) return names[Number(word)]
    return names.find((name) => word.length >= 3 && name.toLowerCase().startsWith(word.toLowerCase()))
  })
  return found.every((name) => name !== undefined && name !== '') ? joined(found.map(String)) : null
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

const two = (value: number) => String(value).padStart(2, '0')
