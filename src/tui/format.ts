import { parseSqlTime } from '../domain/clock.ts'
import type { Combination } from '../domain/codes.ts'

const counts = new Intl.NumberFormat('en-US')

/** `1,755` */
export function count(value: number): string {
  return counts.format(value)
}

/** `3 tasks`, `1 task` */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

/** `45s`, `3m 04s`, `1h 03m`, `2d 04h`: the two largest units. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < 60) return `${whole}s`
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`
  if (whole < 86_400) return `${Math.floor(whole / 3600)}h ${two(Math.floor(whole / 60) % 60)}m`
  return `${Math.floor(whole / 86_400)}d ${two(Math.floor(whole / 3600) % 24)}h`
}

/** `4m`, `1h 03m`: of what is known to the minute. */
export function minutesText(minutes: number): string {
  const whole = Math.round(minutes)
  return whole < 60 ? `${whole}m` : duration(whole * 60)
}

/** `4m`, `2h`, `1d`: about how long, rounded up to the largest unit. */
export function rough(seconds: number): string {
  if (seconds < 5400) return `${Math.max(1, Math.ceil(seconds / 60))}m`
  if (seconds < 129_600) return `${Math.ceil(seconds / 3600)}h`
  return `${Math.ceil(seconds / 86_400)}d`
}

/** `just now`, `4m ago`: whole minutes, hours or days that have passed. */
export function ago(date: Date, now: Date): string {
  const seconds = (now.getTime() - date.getTime()) / 1000
  if (seconds < 60) return 'just now'
  if (seconds < 5400) return `${Math.floor(seconds / 60)}m ago`
  if (seconds < 129_600) return `${Math.floor(seconds / 3600)}h ago`
  return `${Math.floor(seconds / 86_400)}d ago`
}

/** `14:22`, in the time zone of the terminal. */
export function timeOfDay(date: Date): string {
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

/** `14:22:07`, in the time zone of the terminal. */
export function secondOfDay(date: Date): string {
  return `${timeOfDay(date)}:${two(date.getSeconds())}`
}

/** `14:22`, or `Nov 26 14:22` where that is another day than `now`. */
export function moment(date: Date, now: Date): string {
  if (date.toDateString() === now.toDateString()) return timeOfDay(date)
  return `${date.toDateString().slice(4, 10)} ${timeOfDay(date)}`
}

const MOMENTS = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g

/** `text` of the engine, which tells the time in UTC, with the time of the terminal. */
export function withMoments(text: string, now: Date): string {
  return text.replaceAll(MOMENTS, (each) => moment(parseSqlTime(each.slice(0, -4)), now))
}

/** `512 B`, `12.4 kB`, `1.2 GB` */
export function bytes(value: number): string {
  if (value < 1000) return `${value} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(Math.floor(Math.log10(value) / 3), units.length)
  return `${(value / 1000 ** power).toFixed(1)} ${units[power - 1]}`
}

type NamedTask = Omit<Combination, 'scraper_name' | 'website' | 'variant'> & { variant?: number }

/** `Gdl Ven Dep`, `Gdl Ven Dep-2`: a task's name within its site. */
export function taskName(task: NamedTask) {
  const variant = task.variant !== undefined && task.variant > 1 ? `-${task.variant}` : ''
  return `${task.city} ${task.operation} ${task.product}${variant}`
}

/** `CyT Gdl Ven Dep`: with its site before it. */
export function fullTaskName(task: NamedTask & Pick<Combination, 'website'>) {
  return `${task.website} ${taskName(task)}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
