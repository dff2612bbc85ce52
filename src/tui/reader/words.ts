import { count } from '../format.ts'

/** `3 tasks`, `1 task`, as `plural`, for what is heard: `1 hour 3 minutes`, `45 seconds`. */
export function spokenDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return unit(whole, 'second')
  const minutes = Math.round(whole / 60)
  if (minutes < 60) return unit(minutes, 'minute')
  const [hours, past] = [Math.floor(minutes / 60), minutes % 60]
  if (hours < 48) return past === 0 ? unit(hours, 'hour') : `${unit(hours, 'hour')} ${unit(past, 'minute')}`
  return unit(Math.round(hours / 24), 'day')
}

/** `text` as a sentence of its own. */
export function sentence(text: string): string {
  const first = text.slice(0, 1).toUpperCase() + text.slice(1)
  return /[.!?:]$/.test(first) ? first : `${first}.`
}

function unit(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}
