import type { NoticeTask } from '../domain/notice.ts'

/** `3 tasks`, `1 task`. */
export function many(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}

/** `Inm24 Gdl/Ven/Dep (inm24)`. */
export function name({ website, city, operation, product, scraper_name }: NoticeTask): string {
  return `${website} ${city}/${operation}/${product} (${scraper_name})`
}

/** `2 h 05 min`, `45 s`. */
export function duration(seconds: number): string {
  const whole = Math.max(Math.round(seconds), 0)
  if (whole < 60) return `${whole} s`
  const minutes = Math.round(whole / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** `+12 %`, `-3 %`; empty where there is nothing to compare with. */
export function change(now: number, before: number): string {
  if (before === 0) return ''
  const percent = Math.round((now / before - 1) * 100)
  return `${percent < 0 ? '-' : '+'}${Math.abs(percent)} %`
}
