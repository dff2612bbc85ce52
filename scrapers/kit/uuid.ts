import { day } from './dates.ts'

const VERSION_7 = /^([\da-f]{8})-?([\da-f]{4})-?7[\da-f]{3}-?[89ab][\da-f]{3}-?[\da-f]{12}$/i

/** The day on which a UUID of version 7 was made: its first 48 bits are milliseconds. Undefined for any other key. */
export function dayOfUuid(key: string | undefined, now: Date): string | undefined {
  const [, high, low] = VERSION_7.exec(key ?? '') ?? []
  const made = Number.parseInt(`${high}${low}`, 16)
  return made <= now.getTime() ? day(made, now) : undefined
}
