const MONTHS = {
  es: ['Ene', 'Feb', 'Mar', 'Abr', 'May', 'Jun', 'Jul', 'Ago', 'Sep', 'Oct', 'Nov', 'Dic'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
} as const

export type Locale = keyof typeof MONTHS

/** `Sep25`: the month in which `date` lies in `timeZone` (IANA name). */
export function monthYear(date: Date, timeZone: string, locale: Locale): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: '2-digit',
    month: 'numeric',
  }).formatToParts(date)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return `${MONTHS[locale][Number(part('month')) - 1]}${part('year')}`
}

/** `Sep25_01`. */
export function batchId(month: string, executionNumber: number): string {
  return `${month}_${runNumber(executionNumber)}`
}

/** `01`: a batch's number in its month, as batch ids and file names write it. */
export function runNumber(executionNumber: number): string {
  return String(executionNumber).padStart(2, '0')
}
