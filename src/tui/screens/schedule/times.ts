import { duration } from '../../format.ts'

/** `12m`, `3h 05m`, `6d 14h`: how long until then; a minute is the least, so that nothing moves each second. */
export function howLong(from: Date, to: Date): string {
  const minutes = Math.ceil((to.getTime() - from.getTime()) / 60_000)
  if (minutes <= 0) return 'now'
  return minutes < 60 ? `${minutes}m` : duration(minutes * 60)
}

/** `Tue Dec 1 02:00`, as the clocks of `zone` show it; absent: those of the terminal. */
export function dayAndTime(date: Date, zone?: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).formatToParts(date)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('weekday')} ${part('month')} ${part('day')} ${part('hour')}:${part('minute')}`
}

/** Of the terminal. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
