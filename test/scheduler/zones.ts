/** Zones without and with changes of the clocks, by an hour and by half of one, on both sides of the equator. */
export const ZONES = [
  'America/Mexico_City',
  'America/New_York',
  'Europe/Madrid',
  'Australia/Lord_Howe',
  'UTC',
  'Asia/Kolkata',
] as const

const formats = new Map<string, Intl.DateTimeFormat>()

/** What the clocks show: `2026-03-29 01:30:00`. */
export function local(moment: Date, timeZone: string): string {
  const known = formats.get(timeZone)
  // Swedish writes dates as ISO 8601 does; nothing of the scheduler's own way to read a clock is in this.
  const format =
    known ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  formats.set(timeZone, format)
  return format.format(moment)
}
