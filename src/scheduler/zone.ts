/** Milliseconds. */
export const DAY = 24 * 3600 * 1000
const SECOND = 1000

/** As many days as are looked at soon again. */
const REMEMBERED = 2000

/** What the clocks do around a local day. */
export interface Clocks {
  /** Milliseconds by which local time is ahead of UTC: up to the change, and from then on. Equal: there is none. */
  before: number
  after: number
  /** The moment of the change. */
  change: number
}

/**
 * A time zone. Local times are written as the milliseconds they would be in UTC. Two changes of the clocks are taken
 * to be more than three days apart, as they have been everywhere.
 */
export interface Zone {
  /** Milliseconds by which local time is ahead of UTC. */
  offset(instant: number): number
  /** Of the local day that begins with this midnight. */
  clocks(midnight: number): Clocks
}

/** @param name IANA */
export function createZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const byDay = new Map<number, number>()
  const clocksByDay = new Map<number, Clocks>()

  function offset(instant: number): number {
    const whole = Math.floor(instant / SECOND) * SECOND
    const shown = Object.fromEntries(format.formatToParts(whole).map(({ type, value }) => [type, value]))
    const [year, month, day, hour, minute, second] = FIELDS.map((field) => Number(shown[field])) as Fields
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole
  }

  /** Asking Intl is slow, and most of what is asked lies in the same few days. */
  const offsetOfDay = (midnight: number) => remembered(byDay, midnight, () => offset(midnight))

  function clocks(midnight: number): Clocks {
    // In UTC the local day begins at most 14 hours before this midnight and ends at most 36 hours after it.
    const [first, last] = [midnight - DAY, midnight + 2 * DAY]
    const [before, after] = [offsetOfDay(first), offsetOfDay(last)]
    if (before === after) return { before, after, change: first }
    let [old, changed] = [first, last]
    while (changed - old > SECOND) {
      const middle = Math.floor((old + changed) / 2 / SECOND) * SECOND
      if (offset(middle) === before) old = middle
      else changed = middle
    }
    return { before, after, change: changed }
  }

  return { offset, clocks: (midnight) => remembered(clocksByDay, midnight, () => clocks(midnight)) }
}

function remembered<Value>(known: Map<number, Value>, key: number, make: () => Value): Value {
  const value = known.get(key) ?? make()
  if (known.size >= REMEMBERED) known.clear()
  known.set(key, value)
  return value
}

const FIELDS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
type Fields = [number, number, number, number, number, number]
